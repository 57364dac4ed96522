#include <batchproof/batch_response.hpp>
#include <batchproof/detail/text_numbers.hpp>
#include <batchproof/processed_batch.hpp>
#include <cstddef>

#include "json_text.hpp"

namespace batchproof::inline v0_1 {
namespace {

/// Calls `visit` for each identifier that was not there before.
template <class Visit>
void for_each_once(const std::vector<std::string_view>& identifiers, Visit&& visit) {
  detail::TextNumbers numbers(identifiers.size());
  for (const std::string_view identifier : identifiers) {
    const std::size_t before = numbers.size();
    if (numbers.number(identifier) == before) visit(identifier);
  }
}

/// Writes the response. `for_each(append)` calls `append(identifier)` for each identifier to report. The room
/// for the text is that of all `identifiers`.
template <class Identifiers, class ForEach>
std::string encode(const Identifiers& identifiers, IdentifierFormat format, ForEach&& for_each) {
  if (identifiers.empty()) return R"({"batchItemFailures":[]})";
  const bool is_text = format == IdentifierFormat::text;
  constexpr std::string_view begin = R"({"batchItemFailures":[)";
  const std::string_view before_identifier = is_text ? R"(,{"itemIdentifier":")" : R"(,{"itemIdentifier":)";
  const std::string_view after_identifier = is_text ? R"("})" : "}";
  std::size_t bytes = begin.size() + 2;
  for (const std::string_view identifier : identifiers) {
    bytes += before_identifier.size() + identifier.size() + after_identifier.size();
  }
  std::string json;
  json.reserve(bytes);  // enough unless identifiers hold escapes
  json += begin;
  for_each([&](std::string_view identifier) {
    json += before_identifier.substr(json.size() == begin.size() ? 1 : 0);
    if (is_text) {
      detail::append_escaped(json, identifier);
    } else {
      json += identifier;
    }
    json += after_identifier;
  });
  return json += "]}";
}

}  // namespace

BatchResponse::BatchResponse(const std::vector<std::string_view>& failed_item_identifiers,
                             IdentifierFormat format)
    : format_(format) {
  for_each_once(failed_item_identifiers,
                [this](std::string_view identifier) { item_identifiers_.emplace_back(identifier); });
}

std::string BatchResponse::to_json() const {
  return encode(item_identifiers_, format_, [this](auto&& append) {
    for (const std::string& identifier : item_identifiers_) append(identifier);
  });
}

namespace detail {

std::string encode_response(const std::vector<std::string_view>& failed_item_identifiers,
                            IdentifierFormat format) {
  return encode(failed_item_identifiers, format,
                [&](auto&& append) { for_each_once(failed_item_identifiers, append); });
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
