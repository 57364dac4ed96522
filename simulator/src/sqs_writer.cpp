#include <array>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/fixtures/text_template.hpp>
#include <cstdint>
#include <string_view>

#include "marks.hpp"
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

std::vector<fixtures::TextTemplate> templates_of(bool is_fifo, const std::vector<std::string>& payloads) {
  const std::uint64_t mark = first_mark(payloads);
  const std::vector<std::string> marks = texts_of_marks(mark);
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
  std::vector<fixtures::TextTemplate> templates;
  for (const std::string& payload : payloads) {
    message.body = payload;
    templates.emplace_back(to_case_record_without_fields(message).json, marks);
  }
  return templates;
}

/// Each receive of a message has a handle of its own.
void write_receipt_handle(const std::string& message_id, const std::string& delivery, std::string& text) {
  constexpr std::string_view beginning = "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a";
  text.assign(beginning).append(message_id).append("/").append(delivery);
  for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) text[beginning.size() + hyphen] = '+';  // as in base64
}

}  // namespace

template <>
WriteRecord make_writer<SqsRecord>(const World& world, const std::vector<std::string>& payloads,
                                   std::size_t) {
  const bool is_fifo = fixtures::is_fifo_queue(world.source);
  return [is_fifo, first = first_group(world), templates = templates_of(is_fifo, payloads),
          texts = std::array<std::string, gap_count>()](const Written& written,
                                                        fixtures::CaseRecord& record) mutable {
    const Message& message = written.message;
    texts[identifier] = message.identifier;
    texts[deliveries] = std::to_string(message.deliveries);
    write_receipt_handle(message.identifier, texts[deliveries], texts[receipt_handle]);
    texts[sent] = std::to_string((began + message.sent_at).count());
    texts[first_received] = std::to_string((began + message.first_received_at).count());
    record.item_identifier = message.identifier;
    if (is_fifo) {
      texts[group] = group_name(first + message.group);
      texts[deduplication].assign("order-").append(message.identifier, 24);
      texts[sequence_number] = fixtures::fifo_sequence_number(written.number);
      record.message_group_id = texts[group];
    }
    templates[written.payload].fill(texts, record.json);
  };
}

}  // namespace batchproof::simulator
