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
  const auto is_plain = [](char character) {
    return static_cast<unsigned char>(character) >= 0x20 && character != '"' && character != '\\';
  };
  while (!text.empty()) {
    const auto plain_end = std::find_if_not(text.begin(), text.end(), is_plain);
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

template <class Identifiers>
std::string encode(const Identifiers& identifiers) {
  std::string json = R"({"batchItemFailures":[)";
  bool first = true;
  for (const std::string_view identifier : identifiers) {
    json += first ? R"({"itemIdentifier":")" : R"(,{"itemIdentifier":")";
    append_escaped(json, identifier);
    json += "\"}";
    first = false;
  }
  return json += "]}";
}

}  // namespace

BatchResponse::BatchResponse(const std::vector<std::string_view>& failed_item_identifiers) {
  for_each_once(failed_item_identifiers,
                [this](std::string_view identifier) { item_identifiers_.emplace_back(identifier); });
}

std::string BatchResponse::to_json() const { return encode(item_identifiers_); }

namespace detail {

std::string encode_response(const std::vector<std::string_view>& failed_item_identifiers) {
  std::vector<std::string_view> once;
  once.reserve(failed_item_identifiers.size());
  for_each_once(failed_item_identifiers,
                [&once](std::string_view identifier) { once.push_back(identifier); });
  return encode(once);
}

}  // namespace detail
}  // namespace batchproof
