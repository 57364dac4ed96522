#include <array>
#include <batchproof/fixtures/base64.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/text_template.hpp>
#include <cstdint>

#include "marks.hpp"
#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

enum KafkaGap : std::size_t { partition_number, offset_in_partition, timestamp, message_key, kafka_gaps };

std::vector<fixtures::TextTemplate> kafka_templates(const std::vector<std::string>& payloads) {
  const std::uint64_t mark = first_mark(payloads);
  const std::vector<std::string> marks = texts_of_marks(mark);
  // A key stands in the record as base64; the 16 digits of a mark are base64 too.
  fixtures::KafkaMessage value{.partition = static_cast<std::int64_t>(mark + partition_number),
                               .offset = static_cast<std::int64_t>(mark + offset_in_partition),
                               .key = fixtures::decode_base64(std::to_string(mark + message_key)),
                               .timestamp = std::chrono::milliseconds(mark + timestamp)};
  std::vector<fixtures::TextTemplate> templates;
  for (const std::string& payload : payloads) {
    value.value = payload;
    templates.emplace_back(to_case_record_without_fields(value).json, marks);
  }
  return templates;
}

}  // namespace

template <>
WriteRecord make_writer<KafkaRecord>(const World& world, const std::vector<std::string>& payloads,
                                     std::size_t) {
  constexpr int records = 41;  // not a multiple of 4: those too early by so many meet others
  return [error = records * world.sent_every, first = first_shard(world), group = first_group(world),
          templates = kafka_templates(payloads), texts = std::array<std::string, kafka_gaps>()](
             const Written& written, fixtures::CaseRecord& record) mutable {
    const Message& message = written.message;
    texts[partition_number] = std::to_string(first + message.shard_part);
    texts[offset_in_partition] = std::to_string(fixtures::kafka_offset(message.identifier));
    // Producers set it, each by a clock of its own, so that some records have one time.
    texts[timestamp] = std::to_string(approximate_time(written, error).count());
    texts[message_key] = fixtures::encode_base64(group_name(group + message.group));
    record.message_group_id = partition_name(first + message.shard_part);
    record.item_identifier = message.identifier;
    templates[written.payload].fill(texts, record.json);
  };
}

}  // namespace batchproof::simulator
