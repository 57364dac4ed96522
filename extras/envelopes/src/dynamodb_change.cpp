#include <batchproof/envelopes/dynamodb_change.hpp>
#include <batchproof/errors.hpp>

namespace batchproof::inline v0_1::detail {

TableChange read_table_change(const KinesisStreamRecord& record) {
  try {
    return TableChange(read_change(record));
  } catch (const EventError& error) {
    throw InnerRecordError(std::string("kinesis/data is not a change of a DynamoDB item: ") + error.what());
  }
}

}  // namespace batchproof::inline v0_1::detail
