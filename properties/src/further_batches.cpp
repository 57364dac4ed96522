#include "further_batches.hpp"

#include <algorithm>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

fixtures::CaseRecord without_fields(const fixtures::CaseRecord& record) {
  return {record.item_identifier, record.message_group_id, record.json, {}, record.rejected};
}

}  // namespace

BatchCase other_failure(const BatchCase& batch_case) {
  constexpr std::size_t enough = 2;
  BatchCase other{.source = batch_case.source, .records = {}};
  std::size_t failing = 0;
  for (std::size_t index = 0; index < std::min(enough, batch_case.records.size()); ++index) {
    other.records.push_back(without_fields(batch_case.records[index]));
    if (batch_case.records[failing].rejected) failing = index;
    other.records.back().rejected = false;
  }
  if (!other.records.empty()) other.records[failing].rejected = true;
  return other;
}

BatchCase without_record(const BatchCase& batch_case, std::size_t left_out) {
  BatchCase part{.source = batch_case.source, .records = {}};
  part.records.reserve(batch_case.records.size());
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (index != left_out) part.records.push_back(without_fields(batch_case.records[index]));
  }
  return part;
}

}  // namespace batchproof::properties
