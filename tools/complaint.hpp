#pragma once

namespace batchproof::tools {

/// Prints the exception that is being handled, in one line for a person on the standard error; of a function
/// that did not start, the end of its output too. Call it within a `catch`.
void complain_about_exception();

}  // namespace batchproof::tools
