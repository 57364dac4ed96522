#include <batchproof/batch_response.hpp>
#include <batchproof/processed_batch.hpp>
#include <bit>
#include <cstddef>
#include <functional>

#include "json_text.hpp"

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
    detail::append_escaped(json, identifier);
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
