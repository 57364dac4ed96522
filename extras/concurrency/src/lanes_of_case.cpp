#include "lanes_of_case.hpp"

#include <batchproof/fixtures/source.hpp>
#include <cstddef>

namespace batchproof::properties {
namespace {

using fixtures::CaseRecord;
using fixtures::Source;

std::optional<std::string> partition_key(const CaseRecord& record) {
  for (const auto& field : record.fields) {
    if (field.name == "kinesis.partitionKey") return field.value;
  }
  return std::nullopt;
}

/// The keys as they were made, in the order of the case, which does not depend on how they are written.
std::optional<std::string> item(const CaseRecord& record) {
  std::string item;
  for (const auto& field : record.fields) {
    if (!field.name.starts_with("dynamodb.Keys.")) continue;
    item += field.name;
    item += '=';
    item += field.value;
    item += ' ';
  }
  return item.empty() ? std::nullopt : std::optional(item);
}

}  // namespace

std::vector<std::optional<std::string>> lanes_of_case(const fixtures::BatchCase& batch_case,
                                                      const fixtures::ProcessorClaims& claims) {
  std::vector<std::optional<std::string>> lanes;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const CaseRecord& record = batch_case.records[index];
    switch (batch_case.source) {
      case Source::sqs:
        lanes.emplace_back(std::to_string(index));
        break;
      case Source::sqs_fifo:
        lanes.push_back(claims.skip_group_on_error ? record.message_group_id : std::nullopt);
        break;
      case Source::kinesis:
        lanes.push_back(claims.stops_on_first_failure ? std::nullopt : partition_key(record));
        break;
      case Source::dynamodb:
        lanes.push_back(claims.stops_on_first_failure ? std::nullopt : item(record));
        break;
    }
  }
  return lanes;
}

}  // namespace batchproof::properties
