#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>

namespace batchproof::tools {

/// `process_window` of this library as a subject, with the state of the kit's window functions.
fixtures::Subject window_subject(fixtures::Source source);

}  // namespace batchproof::tools
