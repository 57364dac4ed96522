#include "text.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/printable.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t widest_line = 100;

void append(std::string& text, const ordered_json& value, std::size_t indent) {
  const std::string line = fixtures::to_text(value);
  if (!value.is_structured() || value.empty() || indent + line.size() <= widest_line) {
    text += line;
    return;
  }
  const std::string inner(indent + 2, ' ');
  std::string separator = value.is_object() ? "{\n" : "[\n";
  for (const auto& [key, element] : value.items()) {
    text += separator + inner;
    if (value.is_object()) text += fixtures::to_text(ordered_json(key)) + ": ";
    append(text, element, indent + 2);
    separator = ",\n";
  }
  text += "\n" + std::string(indent, ' ') + (value.is_object() ? "}" : "]");
}

/// As `\xHH`.
void append_escape(std::string& text, char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  text += {'\\', 'x', digits[value >> 4U], digits[value & 15U]};
}

}  // namespace

std::string readable_json(std::string_view text) {
  std::string readable;
  try {
    append(readable, fixtures::parse_shallow_json(text), 0);
  } catch (const std::exception&) {
    return quote_bytes(text);
  }
  return fixtures::without_controls(readable);
}

bool prints(std::string_view bytes) noexcept {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte >= 0x20 && byte < 0x7f; });
}

std::string quote_bytes(std::string_view bytes) {
  std::string quoted = "\"";
  for (const char byte : bytes) {
    if (byte == '\\') {
      quoted += "\\\\";
    } else if (prints({&byte, 1})) {
      quoted += byte;
    } else {
      append_escape(quoted, byte);
    }
  }
  return quoted + "\"";
}

}  // namespace batchproof::properties
