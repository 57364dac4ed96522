#include "kafka_draws.hpp"

#include <array>
#include <string>

namespace batchproof::generators {
namespace {

/// Draws a topic. Kafka's names of topics are letters, digits, dots, underscores and hyphens, up to 249.
std::string draw_topic(TextDraws& text) {
  constexpr std::array<const char*, 7> topics{"orders", "new-orders", "orders-0", "a-1-2",
                                              "x.y_z",  "-",          "Orders.V2"};
  if (text.plain) return topics[0];
  constexpr std::size_t longest = 249;
  return text.draws.one_in(16) ? std::string(longest, 't') : text.draws.element(topics);
}

/// The lowest partition: mostly 0; or one where a byte or 16 bits overflow.
std::int64_t draw_first_partition(TextDraws& text) {
  constexpr std::array<std::int64_t, 3> partitions{254, 32'766, 65'534};
  return text.plain || !text.draws.one_in(4) ? 0 : text.draws.element(partitions);
}

/// Offsets that get one digit longer, that 32 bits or a double cannot hold, or that nearly reach the largest.
constexpr std::array<std::int64_t, 8> notable_offsets{
    0, 8, 95, 998, 2'147'483'646, 4'294'967'294, 9'007'199'254'740'990, 9'223'372'036'854'765'807};

/// Makes the identifiers of a batch with notable offsets its own: the topic gets a number.
std::string numbered(const std::string& topic, std::size_t number) {
  const std::string prefix = std::to_string(number) + '.';
  return topic.size() < 100 ? prefix + topic : prefix + topic.substr(prefix.size());
}

std::string draw_key(TextDraws& text) { return draw_bytes(text).substr(0, 64); }

std::vector<fixtures::KafkaMessageHeader> draw_headers(TextDraws& text) {
  std::vector<fixtures::KafkaMessageHeader> headers(text.draws.below(3));
  for (std::size_t index = 0; index < headers.size(); ++index) {
    headers[index].name = draw_name(text, "header-", text.draws.below(2), Alphabet::unicode);
    headers[index].value = draw_bytes(text).substr(0, 64);
  }
  return headers;
}

}  // namespace

KafkaDraws::KafkaDraws(TextDraws& text, const BatchTraits& traits) : topic_(draw_topic(text)) {
  constexpr std::size_t numbers = std::size_t{1} << 40U;
  const std::size_t number = text.plain ? 0 : text.draws.below(numbers);
  joins_alike_ = !text.plain && !traits.plain_names && text.draws.one_in(8);
  const bool has_notable_offsets = text.plain || joins_alike_ || text.draws.one_in(2);
  shares_offsets_ = !traits.plain_names;
  if (!text.plain && (has_notable_offsets || traits.plain_names)) topic_ = numbered(topic_, number);
  if (!traits.plain_names) {  // a template's gap is a whole number
    first_offset_ = static_cast<std::int64_t>(number);
    if (has_notable_offsets)
      first_offset_ = text.plain || joins_alike_ ? 0 : text.draws.element(notable_offsets);
  }
  if (!text.plain && !traits.plain_names && !joins_alike_ && text.draws.one_in(4)) {
    number_behind_gap_ = 1 + text.draws.below(4);
    gap_ = 1 + static_cast<std::int64_t>(text.draws.below(3));
  }
  has_schemas_ = !text.plain && text.draws.one_in(4);
  has_append_times_ = !text.plain && text.draws.one_in(4);
  if (!text.plain && text.draws.one_in(2)) keys_ = {draw_key(text), draw_key(text)};
  if (!keys_.empty() && text.draws.one_in(4)) keys_ = {"Order-a", "Order-A"};
  if (!traits.plain_names) first_partition_ = draw_first_partition(text);
}

std::int64_t KafkaDraws::partition_of(const RecordPlan& record) const {
  const auto group = static_cast<std::int64_t>(record.group.value_or(0));
  return joins_alike_ ? 1 + 10 * group : first_partition_ + group;
}

/// Offsets ascend within a partition, as the numbers do, with a gap where a transaction ended, or records
/// were compacted. Where partition and offset join alike, 1 and 13 are in the lowest partition what 11 and 3
/// are in the next.
std::int64_t KafkaDraws::offset_of(const RecordPlan& record) const {
  const std::size_t group = record.group.value_or(0);
  const std::size_t shift = (shares_offsets_ ? group : 0) + (joins_alike_ && group == 0 ? 10 : 0);
  const std::int64_t gap = record.number >= number_behind_gap_ ? gap_ : 0;
  return first_offset_ + static_cast<std::int64_t>(record.number + shift) + gap;
}

std::vector<std::string> KafkaDraws::numbered_texts(const RecordPlan& record) const {
  return {std::to_string(offset_of(record))};
}

fixtures::KafkaMessage KafkaDraws::draw(TextDraws& text, const RecordPlan& record) const {
  fixtures::KafkaMessage message;
  message.topic = topic_;
  message.partition = partition_of(record);
  message.offset = offset_of(record);
  message.value = text.plain || text.draws.one_in(2) ? draw_bytes(text) : draw_body(text);
  if (text.plain) return message;
  if (text.draws.one_in(6)) message.value.reset();
  if (record.largest_payload) message.value = draw_largest_text(text);
  message.key = keys_.empty() ? draw_key(text) : text.draws.element(keys_);
  if (text.draws.one_in(4)) message.key.reset();
  message.null_fields = text.draws.one_in(2);
  message.headers = draw_headers(text);
  message.null_headers = text.hostile && text.draws.one_in(2);
  message.timestamp += std::chrono::milliseconds(text.draws.below(1'000'000));
  if (has_append_times_) message.timestamp_type = "LOG_APPEND_TIME";
  if (!has_schemas_) return message;
  message.value_schema = fixtures::KafkaSchema{};
  if (text.draws.one_in(2)) message.key_schema = fixtures::KafkaSchema{.data_format = "PROTOBUF"};
  return message;
}

void set_payload(fixtures::KafkaMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record) {
  message.value = edit.draw_text(draws, record);
}

}  // namespace batchproof::generators
