#include <batchproof/fixtures/kafka_message.hpp>
#include <charconv>
#include <utility>

#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

/// The offset is the last member of an identifier.
std::int64_t offset_in(std::string_view identifier) {
  const char* const begin = identifier.data() + identifier.rfind(':') + 1;
  std::int64_t offset = 0;
  std::from_chars(begin, identifier.data() + identifier.size(), offset);
  return offset;
}

}  // namespace

WriteRecord kafka_writer(std::vector<std::string> payloads) {
  return [value = fixtures::KafkaMessage(), payloads = std::move(payloads)](const Message& message,
                                                                            std::size_t payload) mutable {
    value.partition = static_cast<std::int64_t>(message.shard_part);
    value.offset = offset_in(message.identifier);
    value.value = payloads[payload];
    value.key = group_name(message.group);
    value.timestamp = began + message.sent_at;
    return to_case_record_without_fields(value);
  };
}

}  // namespace batchproof::simulator
