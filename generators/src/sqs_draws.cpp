#include <array>
#include <batchproof/fixtures/source.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "sqs_draws.hpp"

namespace batchproof::generators {
namespace {

using fixtures::MessageAttribute;
using fixtures::SqsMessage;
using namespace std::string_view_literals;

/// All messages of a batch are sent within this time.
constexpr std::chrono::milliseconds longest_sending(1'000'000);

/// The text with only the characters that SQS accepts: not empty, and without most control characters
/// ("SendMessage", Amazon SQS API reference).
std::string sendable(const TextDraws& text, std::string drawn) {
  if (text.hostile) return drawn;
  for (char& character : drawn) {  // without a branch, so that the compiler takes 16 at a time
    const auto byte = static_cast<unsigned char>(character);
    const bool is_refused = (byte < 0x20) & (byte != '\t') & (byte != '\n') & (byte != '\r');
    character = is_refused ? '?' : character;
  }
  return drawn.empty() ? "0" : drawn;
}

std::string draw_attribute_bytes(TextDraws& text) {
  std::string bytes = draw_bytes(text);
  return bytes.empty() && !text.hostile ? std::string(1, '\0') : bytes;
}

/// Names that a careless reader confuses with fields of the message itself.
constexpr std::array attribute_names{
    "attribute-0"sv, "messageId"sv,     "id"sv,    "MessageGroupId"sv,
    "status"sv,      "Content-Type"sv,  "body"sv,  "itemIdentifier"sv,
    "error"sv,       "correlationId"sv, "retry"sv, "ApproximateReceiveCount"sv,
    "test"sv,        "type"sv};

MessageAttribute draw_message_attribute(TextDraws& text, std::string_view name) {
  MessageAttribute attribute{.name = std::string(name)};
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

constexpr std::array trace_headers{
    "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"sv,
    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0;"
    "Lineage=a87bd80c:0|68fd508a:5"sv};

/// Few receives, some hundreds, and more than 16 bits hold, as in a queue that nobody watches.
constexpr std::array<std::size_t, 4> most_receives{3, 1000, 1000, 100'000};

void draw_system_attributes(TextDraws& text, std::chrono::milliseconds sent_from, SqsMessage& message) {
  message.sent_timestamp = sent_from;
  message.approximate_first_receive_timestamp = sent_from + longest_sending;
  if (text.plain) return;
  Draws& draws = text.draws;
  message.approximate_receive_count = draws.between(1, draws.element(most_receives));
  *message.sent_timestamp += std::chrono::milliseconds(draws.below(longest_sending.count()));
  // One message in eight waits for up to 11 days in its queue; a queue keeps a message for 14 at most.
  const std::size_t wait = draws.below(1'000'000);
  *message.approximate_first_receive_timestamp +=
      std::chrono::milliseconds(wait % 8 == 0 ? wait * 1'000 : wait);
  if (draws.one_in(8))
    message.sender_id = text.hostile ? draw_text(text) : "AROADBQP57FF2AEXAMPLE:sender@example.com";
  if (draws.one_in(8)) message.aws_trace_header = draws.element(trace_headers);
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
  constexpr std::size_t most_attributes = 10;
  const std::size_t count = text.draws.between(1, text.draws.one_in(8) ? most_attributes : 3);
  const std::size_t first = text.draws.below(attribute_names.size());
  for (std::size_t index = 0; index < count; ++index) {
    const std::string_view name = attribute_names[(first + index) % attribute_names.size()];
    message.message_attributes.push_back(draw_message_attribute(text, name));
  }
}

/// Beginnings of UUIDs with equal CRC32, and with equal FNV-1a: with the same end the sums stay equal.
constexpr std::array fronts_of_equal_sum{
    NearPair{"671063b4-a4dd-418f-b7b2-"sv, "730e61db-fc44-4167-96ab-"sv},
    NearPair{"5d594e3f-4d99-43c5-86dd-"sv, "25357886-f663-4ec4-bdfd-"sv},
    NearPair{"92654641-ec9f-45c4-b135-"sv, "aed01352-69f7-48a8-bd1b-"sv},
    NearPair{"90754bb6-e9db-4438-bf64-"sv, "cf0c219b-6219-4791-b6a6-"sv},
};

constexpr std::array queue_names{"orders"sv, "fifo"sv, "orders_fifo"sv, "aws-dynamodb-kinesis"sv, "Q"sv};

bool is_fair(TextDraws& text, const BatchTraits& traits) {
  const bool drawn = !text.plain && text.draws.one_in(3);
  return traits.fair_queue.value_or(drawn);
}

}  // namespace

SqsDraws::SqsDraws(TextDraws& text, const BatchTraits& traits)
    : fifo_(fixtures::is_fifo_queue(traits.source)),
      fair_queue_(!fifo_ && is_fair(text, traits)),
      odd_ids_(text.hostile && !text.plain && text.draws.one_in(2)),
      ids_(text.plain ? 0 : text.draws.next() | 1U),
      how_ids_differ_(draw_ids(text)),
      sent_from_(*SqsMessage().sent_timestamp) {
  if (fifo_ || fair_queue_) groups_.emplace(text, "group-", traits.plain_names, Alphabet::printable);
  if (!text.plain) sent_from_ += std::chrono::milliseconds(text.draws.below(1'000'000));
  if (how_ids_differ_ == Ids::not_in_a_sum) id_fronts_ = text.draws.element(fronts_of_equal_sum);
  draw_queue(text);
  if (text.plain || !fifo_) return;
  first_digits_ = "18" + std::to_string(text.draws.between(100'000, 999'999));
  last_digits_ = text.draws.below(500'000'000'000);
  if (text.draws.one_in(2)) sequence_step_ = 1;
  if (!traits.plain_names && text.draws.one_in(4)) {  // crosses 64 bits at one of the first messages
    sequence_step_ = text.draws.between(1'000'000'000, 1'999'999'999);
    first_digits_ = "18446744";
    last_digits_ = 73'709'551'616 - text.draws.below(4 * sequence_step_);
  }
  if (!traits.plain_names && text.draws.one_in(2))
    deduplication_ids_ = NearSeries(text, std::to_string(ids_) + '-');
}

SqsDraws::Ids SqsDraws::draw_ids(TextDraws& text) {
  constexpr std::array drawn{Ids::anywhere,           Ids::anywhere,           Ids::anywhere,
                             Ids::in_the_last_digits, Ids::in_the_last_digits, Ids::in_the_first_digits,
                             Ids::not_in_a_sum,       Ids::not_in_a_sum};
  return text.plain ? Ids::anywhere : text.draws.element(drawn);
}

void SqsDraws::draw_queue(TextDraws& text) {
  const Place place = draw_place(text);
  region_ = place.region;
  const bool usual = text.plain || !text.draws.one_in(4);
  queue_arn_ = arn(place, "sqs", usual ? "my-queue"sv : text.draws.element(queue_names));
  source_arn_ = arn(place, "sqs", "source");
  for (std::string* const queue : {&queue_arn_, &source_arn_}) *queue += fifo_ ? ".fifo" : "";
}

SqsMessage SqsDraws::draw(TextDraws& text, const RecordPlan& record) const {
  SqsMessage message;
  message.message_id =
      odd_ids_ ? draw_name(text, "message-", record.number, Alphabet::unicode) : message_id(record.number);
  message.body = sendable(text, record.largest_payload ? draw_largest_text(text) : draw_body(text));
  draw_system_attributes(text, sent_from_, message);
  if (!text.plain && text.draws.one_in(8)) message.dead_letter_queue_source_arn = source_arn_;
  draw_message_attributes(text, message);
  message.event_source_arn = queue_arn_;
  message.aws_region = region_;
  if (fifo_) {
    message.sequence_number = sequence_number(record.number);
    message.message_deduplication_id = deduplication_id(text, record.number);
    if (message.sent_timestamp) message.sent_timestamp = sent_in_order(record.number);
    if (message.approximate_first_receive_timestamp)
      message.approximate_first_receive_timestamp = received_in_order(record.number);
  }
  if (record.group && groups_) message.message_group_id = groups_->name(*record.group);
  message.null_attributes = text.hostile && !message.message_group_id && !text.plain && text.draws.one_in(8);
  return message;
}

std::vector<std::string> SqsDraws::numbered_texts(const RecordPlan& record) const {
  std::vector<std::string> texts;
  texts.reserve(7);  // with the number of the group, which the caller adds
  texts.push_back(message_id(record.number));
  texts.push_back(fixtures::receipt_handle_of(texts.front()));
  texts.push_back(std::to_string(record.number));
  if (!fifo_) return texts;
  texts.push_back(sequence_number(record.number));
  texts.push_back(std::to_string(sent_in_order(record.number).count()));
  texts.push_back(std::to_string(received_in_order(record.number).count()));
  return texts;
}

std::string SqsDraws::message_id(std::size_t number) const {
  if (ids_ == 0) return fixtures::message_id(0, number);
  switch (how_ids_differ_) {
    case Ids::anywhere:
      break;
    case Ids::in_the_last_digits:
      return fixtures::message_id(mixed_bits(ids_),
                                  (mixed_bits(~ids_) & ~std::uint64_t{0xFFFF'FFFF}) + number);
    case Ids::in_the_first_digits:
      return fixtures::message_id(std::uint64_t{number} << 32U, mixed_bits(ids_));
    case Ids::not_in_a_sum: {
      constexpr std::size_t front = 24;
      return std::string(id_fronts_[number % 2]) +
             fixtures::message_id(0, mixed_bits(ids_) + number / 2).substr(front);
    }
  }
  const std::uint64_t low = mixed_bits(ids_ + number);  // different for each number
  const std::uint64_t high =
      (mixed_bits(~low) & ~std::uint64_t{3}) | low >> 62U;  // with the bits that low has no room for
  return fixtures::message_id(high, low);
}

std::string SqsDraws::sequence_number(std::size_t number) const {
  if (first_digits_.empty()) return fixtures::fifo_sequence_number(number);
  constexpr std::size_t most_last_digits = 12;
  const std::string digits = std::to_string(last_digits_ + number * sequence_step_);
  std::string whole = first_digits_;
  if (digits.size() < most_last_digits) whole.append(most_last_digits - digits.size(), '0');
  return whole += digits;
}

std::string SqsDraws::deduplication_id(TextDraws& text, std::size_t number) const {
  if (!deduplication_ids_.empty()) return deduplication_ids_.name(number);
  std::string prefix = "deduplication-";
  if (ids_ != 0) (prefix += std::to_string(ids_)) += '-';
  return draw_name(text, prefix.c_str(), number, Alphabet::printable);
}

std::chrono::milliseconds SqsDraws::sent_in_order(std::size_t number) const {
  return sent_from_ + std::chrono::milliseconds(number * 10);
}

std::chrono::milliseconds SqsDraws::received_in_order(std::size_t number) const {
  return sent_in_order(number) + longest_sending;
}

void set_payload(SqsMessage& message, const PayloadEdit& edit, Draws& draws, const RecordPlan& record) {
  message.body = edit.draw_text(draws, record);
}

}  // namespace batchproof::generators
