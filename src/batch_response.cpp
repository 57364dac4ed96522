#include <batchproof/batch_response.hpp>
#include <batchproof/processed_batch.hpp>
#include <unordered_set>

namespace batchproof {
namespace {

/// Calls `visit` for each identifier that was not there before.
template <class Visit>
void for_each_once(const std::vector<std::string_view>& identifiers, Visit&& visit) {
  std::unordered_set<std::string_view> seen;
  seen.reserve(identifiers.size());
  for (const std::string_view identifier : identifiers) {
    if (seen.insert(identifier).second) visit(identifier);
  }
}

void append_escaped(std::string& json, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      json += '\\';
      json += character;
    } else if (byte < 0x20) {
      json += "\\u00";
      json += hex[byte >> 4U];
      json += hex[byte & 0xFU];
    } else {
      json += character;
    }
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
