#include "further_batches.hpp"

#include <algorithm>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

fixtures::CaseRecord without_fields(const fixtures::CaseRecord& record) {
  return {record.item_identifier, record.message_group_id, record.json, {}, record.rejected};
}

}  // namespace

BatchCase first_rejected(const BatchCase& batch_case) {
  constexpr std::size_t enough = 2;
  BatchCase rejected{.source = batch_case.source, .records = {}};
  for (std::size_t index = 0; index < std::min(enough, batch_case.records.size()); ++index) {
    rejected.records.push_back(without_fields(batch_case.records[index]));
    rejected.records.back().rejected = true;
  }
  return rejected;
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
