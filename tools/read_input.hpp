#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// The largest input of a command, and the reason for the limit, for the error message.
struct InputLimit {
  std::size_t mebibytes;
  std::string_view reason;  ///< such as "an event of Lambda holds 6 MB at most"
};

/// The bytes of a file; - is the standard input. Throws `UsageError` when it cannot be read, or holds more
/// bytes than the limit. It stops reading at the limit, so that endless input is refused too.
std::string read_input(const std::string& path, InputLimit limit);

/// The same for text that people edit, such as an event: without a byte order mark of UTF-8.
std::string read_text(const std::string& path, InputLimit limit);

}  // namespace batchproof::tools
