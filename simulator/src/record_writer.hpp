#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <string>
#include <vector>

namespace batchproof::simulator {

/// Writes the records of events with the fixtures' builders. Keeps one value of each kind, of which only what
/// differs between records is written anew.
class RecordWriter {
 public:
  /// The world must outlive the writer. Throws `std::invalid_argument` for a payload of a DynamoDB stream
  /// that is no item.
  explicit RecordWriter(const World& world);

  /// The record as this delivery brings it; whether it is rejected is the caller's to say.
  fixtures::CaseRecord record_of(const Message& message, std::size_t number);

  /// Bytes that a record takes in an event, or a few more: counted with metadata as long as it gets.
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
  std::vector<std::string> payloads_;  // those that are accepted, and then those that are rejected
  std::size_t accepted_;
  std::vector<std::size_t> sizes_{};  // of a record with each payload
  std::vector<fixtures::Item> items_;
  fixtures::SqsMessage sqs_;
  fixtures::KinesisMessage kinesis_;
  fixtures::DynamoDbChange dynamodb_;
};

}  // namespace batchproof::simulator
