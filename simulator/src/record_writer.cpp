#include "record_writer.hpp"

#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstdint>
#include <limits>
#include <utility>

namespace batchproof::simulator {

namespace {

using fixtures::CaseRecord;
using fixtures::Source;

/// A message whose metadata is at least as long as that of any message of the world.
Message longest_message(const World& world) {
  constexpr std::size_t longest_sequence_number = 60;
  constexpr std::chrono::milliseconds three_decimals{999};
  constexpr std::int64_t longest_offset = std::numeric_limits<std::int64_t>::max();
  const bool has_offset = world.source == Source::kafka;
  const bool is_numbered = fixtures::has_shards(world.source) && !has_offset;
  constexpr std::size_t longest_names = 8;  // the first so many groups include the longest name
  return {.identifier = is_numbered ? std::string(longest_sequence_number, '9')
                        : has_offset
                            ? fixtures::kafka_identifier(
                                  partition_name(first_shard(world) + *world.stream.shards), longest_offset)
                            : fixtures::message_id(0, 0),
          .group = (world.groups / longest_names + 1) * longest_names,
          .shard_part = *world.stream.shards,
          .change = Change::modify,
          .sent_at = three_decimals,
          .deliveries = std::numeric_limits<std::uint32_t>::max()};
}

WriteRecord with_fields(WriteRecord write, fixtures::RecordFields fields) {
  return [write = std::move(write), fields = std::move(fields)](const Written& written, CaseRecord& record) {
    write(written, record);
    fields.add_to(record);
  };
}

}  // namespace

std::string group_name(std::size_t group) {
  const bool is_second = group % 2 == 1;
  const std::string pair = std::to_string(group / 2);
  switch (group / 2 % 4) {
    case 0:
      return "orders-of-the-store-" + pair + "-in-the-region-europe-west-and-of-its-counter-" +
             (is_second ? 'b' : 'a');
    case 1:
      return (is_second ? "Store-" : "store-") + pair;
    case 2:
      return (is_second ? "0" : "") + pair;
    default:
      return "store-" + pair + (is_second ? "-1" : "");
  }
}

RecordWriter::RecordWriter(const World& world)
    : accepted_(world.accepted.size()),
      empty_event_size_(fixtures::BatchCase{world.source, {}}.payload().size()) {
  std::vector<std::string> payloads = world.accepted;
  payloads.insert(payloads.end(), world.rejected.begin(), world.rejected.end());
  sizes_.resize(payloads.size());
  write_ = fixtures::with_record_type(
      world.source, [&]<class Record>() { return make_writer<Record>(world, payloads, accepted_); });
  const fixtures::RecordFields fields("record_fields", world.source, world.record_fields);
  if (!fields.empty()) write_ = with_fields(std::move(write_), fields);
  const Message longest = longest_message(world);
  CaseRecord record;
  for (std::size_t payload = 0; payload < sizes_.size(); ++payload) {
    write_({longest, world.messages, payload}, record);
    sizes_[payload] = fixtures::BatchCase{world.source, {record}}.payload().size() - empty_event_size_;
  }
}

std::size_t RecordWriter::payload_of(const Message& message, std::size_t number) const {
  const auto choose = [number](std::size_t count) {
    return count == 1 ? 0 : number % count;
  };  // a division only if needed
  return message.is_poison() ? accepted_ + choose(sizes_.size() - accepted_) : choose(accepted_);
}

void RecordWriter::write(const Message& message, std::size_t number, CaseRecord& record) {
  write_({message, number, payload_of(message, number)}, record);
}

}  // namespace batchproof::simulator
