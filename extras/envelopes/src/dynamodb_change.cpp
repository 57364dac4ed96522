#include <batchproof/envelopes/dynamodb_change.hpp>
#include <batchproof/errors.hpp>

namespace batchproof::detail {

std::vector<TableChange> TableChanges::open(const KinesisStreamRecord& record) {
  const std::string_view data = record.data();
  try {
    std::vector<TableChange> changes;
    changes.emplace_back(read_change(data, record.item_identifier(), record.index()));
    return changes;
  } catch (const EventError& error) {
    throw InnerRecordError(std::string("kinesis/data is no change of a DynamoDB item: ") + error.what());
  }
}

}  // namespace batchproof::detail
