#include <array>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <utility>

#include "record_template.hpp"
#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

enum KinesisGap : std::size_t { record_number, record_key, arrival, shard_name, kinesis_gaps };

std::vector<RecordTemplate> kinesis_templates(const std::vector<std::string>& payloads) {
  const std::uint64_t mark = first_mark_for(payloads);
  fixtures::KinesisMessage value{.sequence_number = std::to_string(mark + record_number),
                                 .partition_key = std::to_string(mark + record_key),
                                 .approximate_arrival_timestamp = time_of_mark(mark + arrival),
                                 .shard_id = std::to_string(mark + shard_name)};
  std::vector<RecordTemplate> templates;
  for (const std::string& payload : payloads) {
    value.data = payload;
    templates.emplace_back(to_case_record_without_fields(value).json, mark);
  }
  return templates;
}

}  // namespace

WriteRecord kinesis_writer(const World& world, const std::vector<std::string>& payloads) {
  return [templates = kinesis_templates(payloads), parts = world.stream.parallelization_factor,
          texts = std::array<std::string, kinesis_gaps>()](const Written& written) mutable {
    const Message& message = written.message;
    texts[record_number] = message.identifier;
    texts[record_key] = group_name(message.group);
    write_seconds(began + message.sent_at, texts[arrival]);
    texts[shard_name] = "shardId-" + std::to_string(1'000'000'000'000 + message.shard_part / parts).substr(1);
    return fixtures::CaseRecord{.item_identifier = message.identifier,
                                .message_group_id = std::nullopt,
                                .json = templates[written.payload].fill(texts),
                                .fields = {}};
  };
}

}  // namespace batchproof::simulator
