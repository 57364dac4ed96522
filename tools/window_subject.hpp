#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>

namespace batchproof::tools {

/// `process_window` of this library as a subject, with the state of the kit's window functions.
fixtures::Subject window_subject(fixtures::Source source);

/// What it claims.
inline constexpr fixtures::ProcessorClaims window_claims{.raise_on_entire_batch_failure = false,
                                                         .stop_on_first_failure = true};

}  // namespace batchproof::tools
