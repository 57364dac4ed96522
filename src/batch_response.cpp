#include <algorithm>
#include <batchproof/batch_response.hpp>
#include <batchproof/processed_batch.hpp>
#include <bit>
#include <cstddef>
#include <functional>

namespace batchproof {
namespace {

/// Calls `visit` for each identifier that was not there before. A table of open addresses, half empty: a node
/// for each identifier would take longer than all else that a failure costs here.
template <class Visit>
void for_each_once(const std::vector<std::string_view>& identifiers, Visit&& visit) {
  constexpr std::size_t free_slot = 0;
  std::vector<std::size_t> slots(std::bit_ceil(identifiers.size() * 2 + 1), free_slot);
  const std::size_t mask = slots.size() - 1;
  for (std::size_t position = 0; position < identifiers.size(); ++position) {
    std::size_t slot = std::hash<std::string_view>{}(identifiers[position]) & mask;
    while (slots[slot] != free_slot && identifiers[slots[slot] - 1] != identifiers[position])
      slot = (slot + 1) & mask;
    if (slots[slot] != free_slot) continue;
    slots[slot] = position + 1;
    visit(identifiers[position]);
  }
}

/// Appends as JSON; runs of plain characters in one piece.
void append_escaped(std::string& json, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto is_special = [](char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
  };
  unsigned char any_special = 0;  // no bool and no early end: compilers look at many characters at a time
  for (const char character : text)
    any_special = static_cast<unsigned char>(any_special | static_cast<unsigned char>(is_special(character)));
  if (any_special == 0) {
    json += text;
    return;
  }
  while (!text.empty()) {
    const auto plain_end = std::find_if(text.begin(), text.end(), is_special);
    const auto plain_size = static_cast<std::size_t>(plain_end - text.begin());
    json += text.substr(0, plain_size);
    text.remove_prefix(plain_size);
    if (text.empty()) return;
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte < 0x20) {
      json += "\\u00";
      json += hex[byte >> 4U];
      json += hex[byte & 0xFU];
    } else {
      json += '\\';
      json += text.front();
    }
    text.remove_prefix(1);
  }
}

/// `for_each(append)` calls `append(identifier)` for each one to report; `identifiers` tells how large that
/// may be.
template <class Identifiers, class ForEach>
std::string encode(const Identifiers& identifiers, ForEach&& for_each) {
  constexpr std::string_view begin = R"({"batchItemFailures":[)";
  constexpr std::string_view before_identifier = R"(,{"itemIdentifier":")";
  constexpr std::string_view after_identifier = R"("})";
  std::size_t bytes = begin.size() + 2;
  for (const std::string_view identifier : identifiers) {
    bytes += before_identifier.size() + identifier.size() + after_identifier.size();
  }
  std::string json;
  json.reserve(bytes);  // but for escapes
  json += begin;
  for_each([&](std::string_view identifier) {
    json += before_identifier.substr(json.size() == begin.size() ? 1 : 0);
    append_escaped(json, identifier);
    json += after_identifier;
  });
  return json += "]}";
}

}  // namespace

BatchResponse::BatchResponse(const std::vector<std::string_view>& failed_item_identifiers) {
  for_each_once(failed_item_identifiers,
                [this](std::string_view identifier) { item_identifiers_.emplace_back(identifier); });
}

std::string BatchResponse::to_json() const {
  return encode(item_identifiers_, [this](auto&& append) {
    for (const std::string& identifier : item_identifiers_) append(identifier);
  });
}

namespace detail {

std::string encode_response(const std::vector<std::string_view>& failed_item_identifiers) {
  return encode(failed_item_identifiers,
                [&](auto&& append) { for_each_once(failed_item_identifiers, append); });
}

}  // namespace detail
}  // namespace batchproof
