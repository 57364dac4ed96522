#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/fixtures/source.hpp>

namespace batchproof::tools {

/// The processor of this library that claims as much, as a subject. Nothing but the two errors that the
/// library promises leaves it: anything else becomes an answer that every law refuses.
fixtures::Subject processor_subject(fixtures::Source source, const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::tools
