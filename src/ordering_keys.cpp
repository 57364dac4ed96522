#include <algorithm>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/text_numbers.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/kafka_record.hpp>
#include <batchproof/kinesis_stream_record.hpp>
#include <batchproof/sqs_record.hpp>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::detail {
namespace {

/// `read_key` returns a text that lives until this returns, or nothing.
template <class Record, class ReadKey>
OrderingKeys ordering_keys_by(const Event<Record>& event, ReadKey&& read_key) {
  TextNumbers numbers(event.size());
  OrderingKeys keys;
  keys.reserve(event.size());
  for (const Record& record : event.records()) {
    const std::optional<std::string_view> key = read_key(record);
    keys.push_back(key ? std::optional(numbers.number(*key)) : std::nullopt);
  }
  return keys;
}

void append_with_size(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

std::string_view value_of(const AttributeValue& key) {
  switch (key.type()) {
    case AttributeValue::Type::number:
      return key.as_number().text();
    case AttributeValue::Type::binary:
      return key.as_binary();
    default:
      return key.as_string();  // throws for what cannot be a key
  }
}

/// One text for one item, in whatever order its keys are written; nothing when they cannot be read.
std::optional<std::string> item_of(const DynamoDbRecord& record) {
  try {
    const auto keys = record.keys();
    if (!keys || keys->empty()) return std::nullopt;
    std::vector<AttributeMap::Entry> entries(keys->begin(), keys->end());
    std::sort(entries.begin(), entries.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    std::string item;
    for (const AttributeMap::Entry& entry : entries) {
      append_with_size(item, entry.name);
      append_with_size(item, name(entry.value.type()));
      append_with_size(item, value_of(entry.value));
    }
    return item;
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

std::optional<std::string_view> message_group_of(const SqsRecord& record) {
  const std::string_view group = order_group(record);
  return group.data() == nullptr ? std::nullopt : std::optional(group);
}

std::optional<std::string_view> partition_key_of(const KinesisStreamRecord& record) {
  try {
    return record.partition_key();
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

/// One text for one key of a partition; nothing when it cannot be read.
std::optional<std::string> key_in_partition(const KafkaRecord& record) {
  try {
    std::string text;
    append_with_size(text, record.topic_partition());
    if (const auto key = record.key()) append_with_size(text, *key);
    return text;
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

/// The same for a `read_key` that returns an optional text to own.
template <class Record, class ReadKey>
OrderingKeys ordering_keys_by_made(const Event<Record>& event, ReadKey&& read_key) {
  std::deque<std::string> keys;  // never move
  return ordering_keys_by(event, [&](const Record& record) -> std::optional<std::string_view> {
    auto key = read_key(record);
    return key ? std::optional<std::string_view>(keys.emplace_back(std::move(*key))) : std::nullopt;
  });
}

}  // namespace

template <>
OrderingKeys ordering_keys_of(const Event<SqsRecord>& event, Ordering ordering) {
  if (ordering == Ordering::message_group) return ordering_keys_by(event, message_group_of);
  OrderingKeys keys(event.size());
  for (std::size_t index = 0; index < keys.size(); ++index) keys[index] = index;
  return keys;
}

template <>
OrderingKeys ordering_keys_of(const Event<KinesisStreamRecord>& event, Ordering) {
  return ordering_keys_by(event, partition_key_of);
}

template <>
OrderingKeys ordering_keys_of(const Event<DynamoDbRecord>& event, Ordering) {
  return ordering_keys_by_made(event, item_of);
}

template <>
OrderingKeys ordering_keys_of(const Event<KafkaRecord>& event, Ordering) {
  return ordering_keys_by(event,
                          [](const KafkaRecord& record) { return std::optional(order_group(record)); });
}

OrderingKeys ordering_keys_within_partitions(const Event<KafkaRecord>& event) {
  return ordering_keys_by_made(event, key_in_partition);
}

}  // namespace batchproof::detail
