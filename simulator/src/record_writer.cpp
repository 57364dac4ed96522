#include "record_writer.hpp"

#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <cstdint>
#include <limits>
#include <utility>

namespace batchproof::simulator {

// The writers, each in a file of its name.
WriteRecord sqs_writer(const World& world, const std::vector<std::string>& payloads);
WriteRecord kinesis_writer(const World& world, std::vector<std::string> payloads);
WriteRecord dynamodb_writer(const std::vector<std::string>& payloads);
WriteRecord kafka_writer(std::vector<std::string> payloads);

namespace {

using fixtures::CaseRecord;
using fixtures::Source;

WriteRecord writer_of(const World& world, std::vector<std::string> payloads) {
  switch (world.source) {
    case Source::sqs:
    case Source::sqs_fifo:
      return sqs_writer(world, payloads);
    case Source::kinesis:
      return kinesis_writer(world, std::move(payloads));
    case Source::dynamodb:
      return dynamodb_writer(payloads);
    case Source::kafka:
      return kafka_writer(std::move(payloads));
    default:  // a pipe, which is not simulated
      return {};
  }
  return {};
}

std::vector<std::string> default_payload(Source source, char quantity) {
  const std::string digit(1, quantity);
  if (fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item)
    return {R"({"quantity":{"N":")" + digit + R"("}})"};
  return {R"({"quantity":)" + digit + '}'};
}

/// A message whose metadata is at least as long as that of any message of the world.
Message longest_message(const World& world) {
  constexpr std::size_t longest_sequence_number = 60;
  constexpr std::chrono::milliseconds three_decimals{999};
  constexpr std::int64_t longest_offset = std::numeric_limits<std::int64_t>::max();
  const bool is_numbered = fixtures::is_stream(world.source);
  const bool has_offset = world.source == Source::kafka;
  return {.identifier = is_numbered ? std::string(longest_sequence_number, '9')
                        : has_offset
                            ? fixtures::kafka_identifier(partition_name(world.stream.shards), longest_offset)
                            : "m" + std::to_string(world.messages),
          .group = world.groups,
          .sent_at = three_decimals,
          .deliveries = std::numeric_limits<std::uint32_t>::max()};
}

}  // namespace

RecordWriter::RecordWriter(const World& world)
    : empty_event_size_(fixtures::BatchCase{world.source, {}}.payload().size()) {
  std::vector<std::string> payloads =
      world.accepted.empty() ? default_payload(world.source, '2') : world.accepted;
  accepted_ = payloads.size();
  const auto rejected = world.rejected.empty() ? default_payload(world.source, '0') : world.rejected;
  payloads.insert(payloads.end(), rejected.begin(), rejected.end());
  sizes_.resize(payloads.size());
  write_ = writer_of(world, std::move(payloads));
  const Message longest = longest_message(world);
  for (std::size_t payload = 0; payload < sizes_.size(); ++payload)
    sizes_[payload] = write_(longest, payload).json.size();
}

std::size_t RecordWriter::payload_of(const Message& message, std::size_t number) const {
  const auto choose = [number](std::size_t count) {
    return count == 1 ? 0 : number % count;
  };  // divide rarely
  return message.is_poison() ? accepted_ + choose(sizes_.size() - accepted_) : choose(accepted_);
}

CaseRecord RecordWriter::record_of(const Message& message, std::size_t number) {
  return write_(message, payload_of(message, number));
}

}  // namespace batchproof::simulator
