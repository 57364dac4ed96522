#include <array>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/fixtures/text_template.hpp>
#include <cstdint>
#include <string_view>
#include <utility>

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

using GapTexts = std::array<std::string_view, gap_count>;

std::vector<fixtures::TextTemplate> templates_of(bool is_fifo, const std::vector<std::string>& payloads) {
  const Marks marks(payloads);
  const std::uint64_t mark = marks.first();
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
    templates.emplace_back(to_case_record_without_fields(message).json, marks.texts());
  }
  return templates;
}

/// The texts that each message has of its own.
struct OwnTexts {
  std::string receipt_handle{};
  std::string deliveries{};
  std::string sent{};
  std::string first_received{};
  std::string group{};
  std::string deduplication{};
  std::string sequence_number{};
};

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
  const bool is_fifo = fixtures::info_of(world.source).delivery == fixtures::DeliveryKind::fifo_queue;
  return [is_fifo, templates = templates_of(is_fifo, payloads), own = OwnTexts()](
             const Written& written, fixtures::CaseRecord& record) mutable {
    const Message& message = written.message;
    own.deliveries = std::to_string(message.deliveries);
    write_receipt_handle(message.identifier, own.deliveries, own.receipt_handle);
    own.sent = std::to_string((began + message.sent_at).count());
    own.first_received = std::to_string((began + message.first_received_at).count());
    record.item_identifier = message.identifier;
    if (is_fifo) {
      own.group = group_name(message.group);
      own.deduplication.assign("order-").append(message.identifier, 24);
      own.sequence_number = fixtures::fifo_sequence_number(written.number);
      record.message_group_id = own.group;
    }
    GapTexts texts{};
    texts[identifier] = message.identifier;
    texts[receipt_handle] = own.receipt_handle;
    texts[deliveries] = own.deliveries;
    texts[sent] = own.sent;
    texts[first_received] = own.first_received;
    texts[group] = own.group;
    texts[deduplication] = own.deduplication;
    texts[sequence_number] = own.sequence_number;
    templates[written.payload].fill(texts, record.json);
  };
}

}  // namespace batchproof::simulator
