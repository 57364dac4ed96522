#include <array>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/fixtures/text_template.hpp>

#include "marks.hpp"
#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

enum KinesisGap : std::size_t { record_number, record_key, arrival, record_shard, kinesis_gaps };

std::vector<fixtures::TextTemplate> kinesis_templates(const std::vector<std::string>& payloads,
                                                      bool of_pipe) {
  const std::uint64_t mark = first_mark(payloads);
  const std::vector<std::string> marks = texts_of_marks(mark);
  fixtures::KinesisMessage value{.sequence_number = std::to_string(mark + record_number),
                                 .partition_key = std::to_string(mark + record_key),
                                 .approximate_arrival_timestamp = time_of_mark(mark + arrival),
                                 .shard_id = std::to_string(mark + record_shard),
                                 .of_pipe = of_pipe};
  std::vector<fixtures::TextTemplate> templates;
  for (const std::string& payload : payloads) {
    value.data = payload;
    templates.emplace_back(to_case_record_without_fields(value).json, marks);
  }
  return templates;
}

}  // namespace

template <>
WriteRecord make_writer<KinesisStreamRecord>(const World& world, const std::vector<std::string>& payloads,
                                             std::size_t) {
  // The times of the records of a shard may be out of order (Kinesis Data Streams API reference, "Record"). A
  // window holds what arrived in it.
  const std::chrono::milliseconds error(fixtures::has_windows(world.source) ? 0 : 40);
  return [templates = kinesis_templates(payloads, fixtures::is_pipe(world.source)), error,
          parts = world.stream.parallelization_factor, shard = first_shard(world), group = first_group(world),
          texts = std::array<std::string, kinesis_gaps>()](const Written& written,
                                                           fixtures::CaseRecord& record) mutable {
    const Message& message = written.message;
    texts[record_number] = sequence_number_of(message);
    texts[record_key] = group_name(group + message.group);
    write_seconds(approximate_time(written, error), texts[arrival]);
    texts[record_shard] = shard_name(shard + message.shard_part / parts);
    record.item_identifier = message.identifier;
    templates[written.payload].fill(texts, record.json);
  };
}

}  // namespace batchproof::simulator
