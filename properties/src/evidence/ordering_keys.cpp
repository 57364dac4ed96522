#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
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
      if (!keeps_order_by_key(info.source, claims)) return record.message_group_id;
      if (!record.message_group_id) break;  // of a stream through a pipe
      return *record.message_group_id + ' ' + ordering_key(record, info.ordering_key).value_or("");
    case DeliveryKind::stream:
      break;
  }
  return claims.stop_on_first_failure ? std::nullopt : ordering_key(record, info.ordering_key);
}

/// The number of each name. Equal names have the same number, and so do all records without a name.
std::vector<std::size_t> numbers_of(const std::vector<std::optional<std::string>>& names) {
  std::map<std::optional<std::string>, std::size_t> known;
  std::vector<std::size_t> numbers;
  numbers.reserve(names.size());
  for (const auto& name : names) numbers.push_back(known.try_emplace(name, known.size()).first->second);
  return numbers;
}

}  // namespace

bool keeps_order_by_key(fixtures::Source source, const fixtures::ProcessorClaims& claims) noexcept {
  return claims.order_by_key && !claims.stop_on_first_failure && fixtures::has_shards(source);
}

std::vector<std::optional<std::string>> ordering_keys(const BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims) {
  std::vector<std::optional<std::string>> keys;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index)
    keys.push_back(ordering_key(batch_case, index, claims));
  return keys;
}

std::vector<std::size_t> handling_orders(const BatchCase& batch_case,
                                         const fixtures::ProcessorClaims& claims) {
  const std::size_t size = batch_case.records.size();
  if (keeps_order_by_key(batch_case.source, claims)) {
    const auto keys = ordering_keys(batch_case, claims);
    std::vector<std::size_t> orders = numbers_of(keys);
    for (std::size_t index = 0; index < size; ++index) {
      if (!keys[index]) orders[index] = size + index;
    }
    return orders;
  }
  std::vector<std::size_t> orders(size);
  if (fixtures::is_standard_queue(batch_case.source)) {
    std::iota(orders.begin(), orders.end(), std::size_t{0});
  } else if (stops_group_alone(batch_case.source, claims)) {
    std::vector<std::optional<std::string>> groups;
    groups.reserve(size);
    for (const CaseRecord& record : batch_case.records) groups.push_back(record.message_group_id);
    orders = numbers_of(groups);
  }
  return orders;
}

}  // namespace batchproof::properties
