#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <string>
#include <vector>

namespace batchproof::simulator {

/// Writes the records of events with the fixtures' builders. It keeps one value of each kind, and changes
/// only the fields in which records differ.
class RecordWriter {
 public:
  /// The world must outlive the writer. Throws `std::invalid_argument` for a payload of a DynamoDB stream
  /// that is not an item.
  explicit RecordWriter(const World& world);

  /// The record of the message's current delivery. The caller sets `rejected`.
  fixtures::CaseRecord record_of(const Message& message, std::size_t number);

  /// Bytes of a record in an event, with the longest metadata of any record of the world.
  std::size_t size_of(const Message& message, std::size_t number) const {
    return sizes_[payload_of(message, number)];
  }

 private:
  std::size_t payload_of(const Message& message, std::size_t number) const;
  fixtures::CaseRecord record_with(const Message& message, std::size_t payload);
  fixtures::CaseRecord sqs_record(const Message& message, std::size_t payload);
  fixtures::CaseRecord kinesis_record(const Message& message, std::size_t payload);
  fixtures::CaseRecord dynamodb_record(const Message& message, std::size_t payload);

  const World& world_;
  std::vector<std::string> payloads_;  // the accepted ones, followed by the rejected ones
  std::size_t accepted_;
  std::vector<std::size_t> sizes_{};  // of a record with each payload
  std::vector<fixtures::Item> items_;
  fixtures::SqsMessage sqs_;
  fixtures::KinesisMessage kinesis_;
  fixtures::DynamoDbChange dynamodb_;
};

}  // namespace batchproof::simulator
