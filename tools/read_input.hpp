#pragma once

#include <cstddef>
#include <limits>
#include <string>

namespace batchproof::tools {

/// What a file holds; - is the standard input. Of more bytes than these only one more is read, so that
/// whoever sets a limit sees that it was passed. Throws `UsageError` for what cannot be read.
std::string read_input(const std::string& path,
                       std::size_t most_bytes = std::numeric_limits<std::size_t>::max());

}  // namespace batchproof::tools
