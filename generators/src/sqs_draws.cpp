#include <string>
#include <utility>

#include "sqs_draws.hpp"

namespace batchproof::generators {
namespace {

using fixtures::MessageAttribute;
using fixtures::SqsMessage;

/// All messages of a batch are sent within this time.
constexpr std::chrono::milliseconds longest_sending(1'000'000);

/// The text as SQS takes it: not empty, and without most control characters ("SendMessage", Amazon SQS API
/// reference).
std::string sendable(const TextDraws& text, std::string drawn) {
  if (text.hostile) return drawn;
  for (char& character : drawn) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') character = '?';
  }
  return drawn.empty() ? "0" : drawn;
}

std::string draw_attribute_bytes(TextDraws& text) {
  std::string bytes = draw_bytes(text);
  return bytes.empty() && !text.hostile ? std::string(1, '\0') : bytes;
}

MessageAttribute draw_message_attribute(TextDraws& text, std::size_t index) {
  MessageAttribute attribute{.name = "attribute-" + std::to_string(index)};
  if (text.hostile) attribute.name += draw_suffix(text, Alphabet::unicode);
  switch (text.draws.below(5)) {
    case 0:
      attribute.data_type = "Number";
      attribute.string_value = "123.456";
      break;
    case 1:
      attribute.data_type = "Binary";
      attribute.binary_value = draw_attribute_bytes(text);
      break;
    case 2:
      attribute.data_type = "Number.int";
      attribute.string_value = "-7";
      break;
    case 3:
      attribute.data_type = "Binary.gif";
      attribute.binary_value = draw_attribute_bytes(text);
      break;
    default:
      attribute.string_value = sendable(text, draw_text(text));
      break;
  }
  return attribute;
}

void draw_system_attributes(TextDraws& text, std::chrono::milliseconds sent_from, SqsMessage& message) {
  message.sent_timestamp = sent_from;
  message.approximate_first_receive_timestamp = sent_from + longest_sending;
  if (text.plain) return;
  Draws& draws = text.draws;
  message.approximate_receive_count = draws.between(1, 1000);
  *message.sent_timestamp += std::chrono::milliseconds(draws.below(longest_sending.count()));
  *message.approximate_first_receive_timestamp += std::chrono::milliseconds(draws.below(1'000'000));
  if (draws.one_in(8))
    message.sender_id = text.hostile ? draw_text(text) : "AROADBQP57FF2AEXAMPLE:sender@example.com";
  if (draws.one_in(8)) message.aws_trace_header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  if (draws.one_in(8)) message.dead_letter_queue_source_arn = "arn:aws:sqs:us-east-2:123456789012:source";
  if (!text.hostile) return;
  if (draws.one_in(16)) message.approximate_receive_count.reset();
  if (draws.one_in(16)) message.sent_timestamp.reset();
  if (draws.one_in(16)) message.sender_id.reset();
  if (draws.one_in(16)) message.approximate_first_receive_timestamp.reset();
}

void draw_message_attributes(TextDraws& text, SqsMessage& message) {
  if (text.plain || !text.draws.one_in(3)) return;
  if (text.hostile && text.draws.one_in(8)) {
    message.null_message_attributes = true;
    return;
  }
  const std::size_t count = text.draws.between(1, 3);
  for (std::size_t index = 0; index < count; ++index) {
    message.message_attributes.push_back(draw_message_attribute(text, index));
  }
}

bool is_fair(TextDraws& text, const BatchOptions& options) {
  const bool drawn = !text.plain && text.draws.one_in(3);
  return options.fair_queue.value_or(drawn);
}

}  // namespace

SqsDraws::SqsDraws(TextDraws& text, const BatchTraits& traits, const BatchOptions& options, bool fifo)
    : groups_(text, "group-", traits.plain_names, Alphabet::printable),
      fifo_(fifo),
      fair_queue_(!fifo && is_fair(text, options)),
      odd_ids_(text.hostile && !text.plain && text.draws.one_in(2)),
      ids_(text.plain ? 0 : text.draws.next()),
      sent_from_(*SqsMessage().sent_timestamp) {
  if (!text.plain) sent_from_ += std::chrono::milliseconds(text.draws.below(1'000'000));
}

SqsMessage SqsDraws::draw(TextDraws& text, const RecordPlan& record) const {
  SqsMessage message;
  message.message_id =
      odd_ids_ ? draw_name(text, "message-", record.number, Alphabet::unicode) : message_id(record.number);
  message.body = sendable(text, record.largest_payload ? draw_largest_text(text) : draw_body(text));
  draw_system_attributes(text, sent_from_, message);
  draw_message_attributes(text, message);
  if (fifo_) {
    message.event_source_arn += ".fifo";
    message.sequence_number = fixtures::fifo_sequence_number(record.number);
    message.message_deduplication_id = draw_name(text, "deduplication-", record.number, Alphabet::printable);
    if (message.sent_timestamp) message.sent_timestamp = sent_in_order(record.number);
  }
  if (record.group && (fifo_ || fair_queue_)) message.message_group_id = groups_.name(*record.group);
  message.null_attributes = text.hostile && !message.message_group_id && !text.plain && text.draws.one_in(8);
  return message;
}

std::vector<std::string> SqsDraws::numbered_texts(const RecordPlan& record) const {
  std::string id = message_id(record.number);
  std::string receipt_handle = fixtures::receipt_handle_of(id);
  return {std::move(id), std::move(receipt_handle), fixtures::fifo_sequence_number(record.number),
          std::to_string(sent_in_order(record.number).count()), std::to_string(record.number)};
}

std::string SqsDraws::message_id(std::size_t number) const {
  if (ids_ == 0) return fixtures::message_id(0, number);
  const std::uint64_t low = mixed_bits(ids_ + number);  // another one for each number
  const std::uint64_t high =
      (mixed_bits(~low) & ~std::uint64_t{3}) | low >> 62U;  // with the bits that low loses
  return fixtures::message_id(high, low);
}

std::chrono::milliseconds SqsDraws::sent_in_order(std::size_t number) const {
  return sent_from_ + std::chrono::milliseconds(number * 10);
}

void set_payload(SqsMessage& message, const PayloadEdit& edit, Draws& draws, const RecordPlan& record) {
  message.body = edit.draw_text(draws, record);
}

}  // namespace batchproof::generators
