#include <array>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstdint>
#include <utility>

#include "record_template.hpp"
#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

enum Gap : std::size_t {
  identifier,
  receipt_handle,
  deliveries,
  sent,
  first_received,
  group,
  deduplication,
  sequence_number,
  gap_count
};

using GapTexts = std::array<std::string, gap_count>;

std::vector<RecordTemplate> templates_of(bool is_fifo, const std::vector<std::string>& payloads) {
  const std::uint64_t mark = first_mark_for(payloads);
  fixtures::SqsMessage message;
  message.message_id = std::to_string(mark + identifier);
  message.receipt_handle = std::to_string(mark + receipt_handle);
  message.approximate_receive_count = mark + deliveries;
  message.sent_timestamp = std::chrono::milliseconds(mark + sent);
  message.approximate_first_receive_timestamp = std::chrono::milliseconds(mark + first_received);
  if (is_fifo) {
    message.event_source_arn += ".fifo";
    message.message_group_id = std::to_string(mark + group);
    message.message_deduplication_id = std::to_string(mark + deduplication);
    message.sequence_number = std::to_string(mark + sequence_number);
  }
  std::vector<RecordTemplate> templates;
  for (const std::string& payload : payloads) {
    message.body = payload;
    templates.emplace_back(to_case_record_without_fields(message).json, mark);
  }
  return templates;
}

void order_in_fifo_queue(const Written& written, GapTexts& texts) {
  texts[group] = group_name(written.message.group);
  texts[deduplication].assign("order-").append(written.message.identifier, 24);
  texts[sequence_number] = fixtures::fifo_sequence_number(written.number);
}

}  // namespace

WriteRecord sqs_writer(const World& world, const std::vector<std::string>& payloads) {
  const bool is_fifo = world.source == fixtures::Source::sqs_fifo;
  return [is_fifo, templates = templates_of(is_fifo, payloads),
          texts = GapTexts()](const Written& written) mutable {
    const Message& message = written.message;
    texts[identifier] = message.identifier;
    texts[deliveries] = std::to_string(message.deliveries);
    // Each receive of a message has a handle of its own.
    texts[receipt_handle] = fixtures::receipt_handle_of(message.identifier + '/' + texts[deliveries]);
    texts[sent] = std::to_string((began + message.sent_at).count());
    texts[first_received] = std::to_string((began + message.first_received_at).count());
    fixtures::CaseRecord record;
    record.item_identifier = message.identifier;
    if (is_fifo) {
      order_in_fifo_queue(written, texts);
      record.message_group_id = texts[group];
    }
    record.json = templates[written.payload].fill(texts);
    return record;
  };
}

}  // namespace batchproof::simulator
