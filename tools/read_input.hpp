#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// How much a command reads, and what it is, for the error that says so.
struct InputLimit {
  std::size_t mebibytes;
  std::string_view reason;  ///< such as "an event of Lambda holds 6 MB at most"
};

/// What a file holds, without a byte order mark of UTF-8 in front; - is the standard input. Throws
/// `UsageError` for what cannot be read, and for more bytes than the limit, of which it reads no more: an
/// input without an end is refused like any other.
std::string read_input(const std::string& path, InputLimit limit);

}  // namespace batchproof::tools
