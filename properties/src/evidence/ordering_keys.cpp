#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <cstddef>
#include <numeric>
#include <string_view>

namespace batchproof::properties {
namespace {

using fixtures::CaseRecord;

/// The fields of the key by their names: the keys of an item have no order in JSON.
std::optional<std::string> ordering_key(const CaseRecord& record, std::string_view field_name) {
  if (field_name.empty()) return std::nullopt;  // every name begins with an empty one
  std::vector<std::string> parts;
  for (const auto field : record.fields) {
    if (field.name.starts_with(field_name))
      parts.push_back(std::string(field.name) + '=' + std::string(field.value) + ' ');
  }
  if (parts.empty()) return std::nullopt;
  std::sort(parts.begin(), parts.end());
  return std::accumulate(parts.begin(), parts.end(), std::string());
}

}  // namespace

std::vector<std::optional<std::string>> ordering_keys(const fixtures::BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims) {
  const fixtures::SourceInfo& info = fixtures::info_of(batch_case.source);
  const bool keeps_groups_apart =
      info.delivery == fixtures::DeliveryKind::fifo_queue
          ? claims.skip_group_on_error
          : info.delivery == fixtures::DeliveryKind::partitions || !claims.stop_on_first_failure;
  std::vector<std::optional<std::string>> keys;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (info.delivery == fixtures::DeliveryKind::queue) {
      keys.emplace_back(std::to_string(index));
    } else {
      keys.push_back(keeps_groups_apart ? ordering_key(batch_case.records[index], info.ordering_key_field)
                                        : std::nullopt);
    }
  }
  return keys;
}

}  // namespace batchproof::properties
