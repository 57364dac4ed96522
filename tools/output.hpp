#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// The standard output or the standard error takes no more; `what()` is one line that names why.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Lets no file that is opened later take the number of a standard stream that is closed: what is printed
/// would go into that file. To be called before anything else.
void reserve_standard_streams() noexcept;

/// Prints to the standard output. Throws `OutputError` where that takes no more, at the latest in
/// `flush_output`.
void print(std::string_view text);

/// Hands on what was printed; every command ends with it.
void flush_output();

/// One line for a person, "batchproof: " in front, on the standard error. Control characters are shown
/// escaped. Where the standard error takes no more, the exit status alone says that something went wrong.
void complain(std::string_view what) noexcept;

/// One line for a person that is no complaint, on the standard error. Throws `OutputError`.
void print_note(std::string_view line);

}  // namespace batchproof::tools
