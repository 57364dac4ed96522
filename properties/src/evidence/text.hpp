#pragma once

// Formats bytes and JSON for people.

#include <string>
#include <string_view>

namespace batchproof::properties {

/// The same JSON for people: complete, indented, with each part that fits on one line. Text that is not JSON,
/// or is nested deep, becomes a quoted string with its bytes escaped.
std::string readable_json(std::string_view text);

/// True when every byte is a character of ASCII that prints.
bool prints(std::string_view bytes) noexcept;

/// The bytes in quotes, those that do not print as `\xHH`, and a backslash as `\\`. Quotes stay as they are:
/// identifiers and payloads that are JSON are full of them.
std::string quote_bytes(std::string_view bytes);

}  // namespace batchproof::properties
