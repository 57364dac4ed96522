#pragma once

#include <stdexcept>
#include <string_view>

namespace batchproof::tools {

/// The standard output or the standard error cannot be written; `what()` is one line with the reason.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Opens closed standard streams, so that no file opened later takes their number and receives the output.
/// Call it before anything else.
void reserve_standard_streams() noexcept;

/// Prints to the standard output. Throws `OutputError` if that fails, at the latest in `flush_output`.
void print(std::string_view text);

/// Flushes the output; every command ends with it.
void flush_output();

/// Prints one line for a person, after "batchproof: ", on the standard error. Control characters are escaped.
/// If the standard error cannot be written, only the exit status reports the failure.
void complain(std::string_view what) noexcept;

/// Prints a sentence for a person on the standard error, broken into lines. Throws `OutputError`.
void print_note(std::string_view sentence);

}  // namespace batchproof::tools
