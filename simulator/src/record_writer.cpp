#include "record_writer.hpp"

#include <limits>

namespace batchproof::simulator {
namespace {

using fixtures::CaseRecord;
using fixtures::Source;

/// The time at which every world begins: a realistic timestamp for events.
constexpr std::chrono::milliseconds began{1'700'000'000'000};

std::vector<std::string> default_payload(Source source, char quantity) {
  const std::string digit(1, quantity);
  if (source == Source::dynamodb) return {R"({"quantity":{"N":")" + digit + R"("}})"};
  return {R"({"quantity":)" + digit + '}'};
}

std::string group_name(std::size_t group) { return "g" + std::to_string(group); }

/// A message whose metadata is at least as long as that of any message of the world.
Message longest_message(const World& world) {
  constexpr std::size_t longest_sequence_number = 60;
  constexpr std::chrono::milliseconds three_decimals{999};
  const bool is_numbered = fixtures::is_stream(world.source);
  return {.identifier =
              is_numbered ? std::string(longest_sequence_number, '9') : "m" + std::to_string(world.messages),
          .group = world.groups,
          .sent_at = three_decimals,
          .deliveries = std::numeric_limits<std::uint32_t>::max()};
}

}  // namespace

RecordWriter::RecordWriter(const World& world) : world_(world) {
  payloads_ = world.accepted.empty() ? default_payload(world.source, '2') : world.accepted;
  accepted_ = payloads_.size();
  const auto rejected = world.rejected.empty() ? default_payload(world.source, '0') : world.rejected;
  payloads_.insert(payloads_.end(), rejected.begin(), rejected.end());
  if (world.source == Source::dynamodb) {
    for (const std::string& payload : payloads_) items_.push_back(fixtures::item(payload));
    dynamodb_.keys = fixtures::item(R"({"id":{"S":""}})");
  }
  if (world.source == Source::sqs_fifo) sqs_.event_source_arn += ".fifo";
  const Message longest = longest_message(world_);
  for (std::size_t payload = 0; payload < payloads_.size(); ++payload)
    sizes_.push_back(record_with(longest, payload).json.size());
}

std::size_t RecordWriter::payload_of(const Message& message, std::size_t number) const {
  const std::size_t rejected = payloads_.size() - accepted_;
  return message.is_poison() ? accepted_ + number % rejected : number % accepted_;
}

CaseRecord RecordWriter::record_of(const Message& message, std::size_t number) {
  return record_with(message, payload_of(message, number));
}

CaseRecord RecordWriter::record_with(const Message& message, std::size_t payload) {
  switch (world_.source) {
    case Source::kinesis:
      return kinesis_record(message, payload);
    case Source::dynamodb:
      return dynamodb_record(message, payload);
    case Source::sqs:
    case Source::sqs_fifo:
      break;
  }
  return sqs_record(message, payload);
}

CaseRecord RecordWriter::sqs_record(const Message& message, std::size_t payload) {
  sqs_.message_id = message.identifier;
  sqs_.body = payloads_[payload];
  sqs_.approximate_receive_count = message.deliveries;
  sqs_.sent_timestamp = began + message.sent_at;
  sqs_.approximate_first_receive_timestamp = sqs_.sent_timestamp;
  if (world_.source == Source::sqs_fifo) {
    sqs_.message_group_id = group_name(message.group);
    sqs_.message_deduplication_id = message.identifier;
    constexpr std::size_t digits = 20;
    const std::string sent = message.identifier.substr(1);
    sqs_.sequence_number = "1" + std::string(digits - 1 - sent.size(), '0') + sent;
  }
  return to_case_record_without_fields(sqs_);
}

CaseRecord RecordWriter::kinesis_record(const Message& message, std::size_t payload) {
  kinesis_.sequence_number = message.identifier;
  kinesis_.data = payloads_[payload];
  kinesis_.partition_key = group_name(message.group);
  kinesis_.approximate_arrival_timestamp = began + message.sent_at;
  const std::size_t shard = message.shard_part / world_.stream.parallelization_factor;
  kinesis_.shard_id = "shardId-" + std::to_string(1'000'000'000'000 + shard).substr(1);
  return to_case_record_without_fields(kinesis_);
}

CaseRecord RecordWriter::dynamodb_record(const Message& message, std::size_t payload) {
  dynamodb_.sequence_number = message.identifier;
  dynamodb_.keys->front().text = group_name(message.group);
  dynamodb_.new_image = items_[payload];
  dynamodb_.approximate_creation_date_time = began + message.sent_at;
  return to_case_record_without_fields(dynamodb_);
}

}  // namespace batchproof::simulator
