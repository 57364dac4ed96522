#pragma once

// How bytes and JSON are shown to people.

#include <string>
#include <string_view>

namespace batchproof::properties {

/// The same JSON for people to read: complete, indented, with a line for whatever fits into one. Text that is
/// not JSON comes back as a quoted string with its bytes escaped.
std::string readable_json(std::string_view text);

/// The bytes in quotes, those that do not print as `\xHH`.
std::string quote_bytes(std::string_view bytes);

bool is_utf8(std::string_view bytes);

}  // namespace batchproof::properties
