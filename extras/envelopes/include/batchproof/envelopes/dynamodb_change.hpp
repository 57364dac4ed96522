#pragma once

// Changes of DynamoDB items in the data of Kinesis records:
//
//   auto handler = bp::dynamodb_change([](const bp::TableChange& change) { copy(*change.new_image()); });

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/inner_change.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <batchproof/envelopes/envelope_handler.hpp>
#include <batchproof/kinesis_stream_record.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// The change of an item that DynamoDB wrote to a Kinesis data stream (DynamoDB developer guide, "Using
/// Kinesis Data Streams to capture changes to DynamoDB"). It has the accessors of a record of DynamoDB
/// Streams; its `sequence_number()` is the Kinesis record's, and the place of an error
/// goes on inside the data: "/Records/0/kinesis/data/dynamodb/NewImage". Such changes may come out of order,
/// and twice: order them by `approximate_creation_date_time()`.
class TableChange : public DynamoDbRecord {
 public:
  /// Lives as long as the event.
  std::optional<std::string_view> table_name() const { return table_name_; }

  explicit TableChange(detail::InnerChange change)
      : DynamoDbRecord(change.record), storage_(std::move(change.storage)), table_name_(change.table_name) {}

 private:
  std::shared_ptr<const void> storage_;
  std::optional<std::string_view> table_name_;
};

namespace detail {

/// The change in the data of a record. Throws `InnerRecordError`.
BATCHPROOF_EXPORT TableChange read_table_change(const KinesisStreamRecord& record);

struct TableChanges {
  using Inner = TableChange;
  static std::vector<TableChange> open(const KinesisStreamRecord& record) {
    return {read_table_change(record)};
  }
  static std::string place(std::size_t) { return "the change in kinesis/data"; }
};

}  // namespace detail

/// A handler of Kinesis records, made of a handler of changes of DynamoDB items: `(const TableChange&)`,
/// `(const DynamoDbRecord&)`, or `typed<Order>` of a `Change<Order>`. Data that is not such a change fails
/// its record.
template <class Handler>
auto dynamodb_change(Handler&& handler) {
  return detail::handle_envelopes<detail::TableChanges>(std::forward<Handler>(handler));
}

}  // namespace batchproof::inline v0_1
