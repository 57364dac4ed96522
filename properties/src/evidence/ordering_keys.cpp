#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using fixtures::DeliveryKind;

/// The text of the member: an object has its own in any order of its members. Nothing when it is missing,
/// null, or an object without members.
std::optional<std::string> ordering_key(const CaseRecord& record, std::string_view pointer) {
  const auto json = fixtures::parse_json_or_discard(record.json);
  const nlohmann::json::json_pointer place{std::string(pointer)};
  if (json.is_discarded() || !json.contains(place)) return std::nullopt;
  const auto& value = json.at(place);
  return value.empty() ? std::nullopt : std::optional(fixtures::to_text(value));
}

std::optional<std::string> ordering_key(const BatchCase& batch_case, std::size_t index,
                                        const fixtures::ProcessorClaims& claims) {
  const fixtures::SourceInfo& info = fixtures::info_of(batch_case.source);
  const CaseRecord& record = batch_case.records[index];
  switch (info.delivery) {
    case DeliveryKind::queue:
      return std::to_string(index);
    case DeliveryKind::fifo_queue:
      return claims.skip_group_on_error ? record.message_group_id : std::nullopt;
    case DeliveryKind::partitions:
      if (!claims.order_by_key) return record.message_group_id;
      return record.message_group_id.value_or("") + ' ' +
             ordering_key(record, info.ordering_key).value_or("");
    case DeliveryKind::stream:
      break;
  }
  return claims.stop_on_first_failure ? std::nullopt : ordering_key(record, info.ordering_key);
}

}  // namespace

std::vector<std::optional<std::string>> ordering_keys(const BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims) {
  std::vector<std::optional<std::string>> keys;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index)
    keys.push_back(ordering_key(batch_case, index, claims));
  return keys;
}

}  // namespace batchproof::properties
