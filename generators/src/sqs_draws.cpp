#include <string>

#include "sqs_draws.hpp"

namespace batchproof::generators {
namespace {

using fixtures::MessageAttribute;
using fixtures::SqsMessage;

MessageAttribute draw_message_attribute(TextDraws& text, std::size_t index) {
  MessageAttribute attribute{.name = draw_name(text, "attribute-", index)};
  switch (text.draws.below(5)) {
    case 0:
      attribute.data_type = "Number";
      attribute.string_value = "123.456";
      break;
    case 1:
      attribute.data_type = "Binary";
      attribute.binary_value = draw_bytes(text);
      break;
    case 2:
      attribute.data_type = "Number.int";
      attribute.string_value = "-7";
      break;
    case 3:
      attribute.data_type = "Binary.gif";
      attribute.binary_value = draw_bytes(text);
      break;
    default:
      attribute.string_value = draw_text(text);
      break;
  }
  return attribute;
}

void draw_system_attributes(TextDraws& text, SqsMessage& message) {
  if (text.plain) return;
  Draws& draws = text.draws;
  message.approximate_receive_count = draws.between(1, 1000);
  *message.sent_timestamp += std::chrono::milliseconds(draws.below(1'000'000));
  if (draws.one_in(8)) message.sender_id = draw_text(text);
  if (draws.one_in(8)) message.aws_trace_header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  if (draws.one_in(8)) message.dead_letter_queue_source_arn = "arn:aws:sqs:us-east-2:123456789012:source";
  if (text.complete) return;
  if (draws.one_in(16)) message.approximate_receive_count.reset();
  if (draws.one_in(16)) message.sent_timestamp.reset();
  if (draws.one_in(16)) message.sender_id.reset();
  if (draws.one_in(16)) message.approximate_first_receive_timestamp.reset();
}

void order_in_fifo_queue(TextDraws& text, SqsMessage& message, std::size_t number) {
  message.event_source_arn += ".fifo";
  message.sequence_number = fifo_sequence_number(number);
  message.message_deduplication_id = draw_name(text, "deduplication-", number);
}

void draw_message_attributes(TextDraws& text, SqsMessage& message) {
  if (text.plain || !text.draws.one_in(3)) return;
  if (!text.complete && text.draws.one_in(8)) {
    message.null_message_attributes = true;
    return;
  }
  const std::size_t count = text.draws.between(1, 3);
  for (std::size_t index = 0; index < count; ++index) {
    message.message_attributes.push_back(draw_message_attribute(text, index));
  }
  message.md5_of_message_attributes = "c48838208d2b4e14e3ca0093a8443f09";
}

bool is_fair(TextDraws& text, const BatchOptions& options) {
  const bool drawn = !text.plain && text.draws.one_in(3);
  return options.fair_queue.value_or(drawn);
}

}  // namespace

SqsDraws::SqsDraws(TextDraws& text, const BatchTraits& traits, const BatchOptions& options, bool fifo)
    : groups_(text, "group-", traits.plain_names),
      fifo_(fifo),
      fair_queue_(!fifo && is_fair(text, options)) {}

SqsMessage SqsDraws::draw(TextDraws& text, const RecordPlan& record) const {
  SqsMessage message;
  message.message_id = draw_name(text, "message-", record.number);
  message.body = record.largest_payload ? draw_largest_text(text) : draw_body(text);
  draw_system_attributes(text, message);
  draw_message_attributes(text, message);
  if (fifo_) order_in_fifo_queue(text, message, record.number);
  if (record.group && (fifo_ || fair_queue_)) message.message_group_id = groups_.name(*record.group);
  message.null_attributes =
      !message.message_group_id && !text.plain && !text.complete && text.draws.one_in(8);
  return message;
}

std::string fifo_sequence_number(std::size_t number) {
  constexpr std::size_t first_low_digits = 467'696'128;
  return "18849496460" + std::to_string(first_low_digits + number * 256);
}

void set_payload(SqsMessage& message, const PayloadEdit& edit, Draws& draws, const RecordPlan& record) {
  message.body = edit.draw_text(draws, record);
}

}  // namespace batchproof::generators
