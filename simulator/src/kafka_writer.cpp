#include <batchproof/fixtures/kafka_message.hpp>
#include <cstdint>
#include <utility>

#include "record_writer.hpp"

namespace batchproof::simulator {

template <>
WriteRecord make_writer<KafkaRecord>(const World&, const std::vector<std::string>& payloads, std::size_t) {
  return [value = fixtures::KafkaMessage(), payloads](const Written& written,
                                                      fixtures::CaseRecord& record) mutable {
    const Message& message = written.message;
    value.partition = static_cast<std::int64_t>(message.shard_part);
    value.offset = fixtures::kafka_offset(message.identifier);
    value.value = payloads[written.payload];
    value.key = group_name(message.group);
    value.timestamp = began + message.sent_at;
    record = to_case_record_without_fields(value);
  };
}

}  // namespace batchproof::simulator
