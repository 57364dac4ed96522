#include <batchproof/fixtures/sqs_message.hpp>
#include <utility>

#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

void order_in_fifo_queue(const Message& message, fixtures::SqsMessage& value) {
  value.message_group_id = group_name(message.group);
  value.message_deduplication_id = message.identifier;
  constexpr std::size_t digits = 20;
  const std::string sent = message.identifier.substr(1);
  value.sequence_number = "1" + std::string(digits - 1 - sent.size(), '0') + sent;
}

}  // namespace

WriteRecord sqs_writer(const World& world, std::vector<std::string> payloads) {
  const bool is_fifo = world.source == fixtures::Source::sqs_fifo;
  fixtures::SqsMessage value;
  if (is_fifo) value.event_source_arn += ".fifo";
  return [=, value = std::move(value), payloads = std::move(payloads)](const Message& message,
                                                                       std::size_t payload) mutable {
    value.message_id = message.identifier;
    value.body = payloads[payload];
    value.approximate_receive_count = message.deliveries;
    value.sent_timestamp = began + message.sent_at;
    value.approximate_first_receive_timestamp = value.sent_timestamp;
    if (is_fifo) order_in_fifo_queue(message, value);
    return to_case_record_without_fields(value);
  };
}

}  // namespace batchproof::simulator
