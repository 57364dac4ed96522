#include <algorithm>
#include <batchproof/detail/lanes.hpp>
#include <batchproof/errors.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace batchproof::detail {
namespace {

/// Numbers the keys in order of appearance.
template <class Key>
class LaneNumbers {
 public:
  std::size_t of(Key key) { return numbers_.try_emplace(std::move(key), numbers_.size()).first->second; }

 private:
  std::unordered_map<Key, std::size_t> numbers_;
};

template <class Key, class Record, class ReadKey>
Lanes lanes_by(const Event<Record>& event, ReadKey&& read_key) {
  LaneNumbers<Key> numbers;
  Lanes lanes;
  lanes.reserve(event.size());
  for (const Record& record : event.records()) {
    std::optional<Key> key = read_key(record);
    lanes.push_back(key ? std::optional(numbers.of(std::move(*key))) : std::nullopt);
  }
  return lanes;
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

/// One text for one item, in whatever order its keys are written; nothing when it cannot be told.
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

}  // namespace

Lanes lanes_of(const Event<SqsRecord>& event, Ordering ordering) {
  if (ordering == Ordering::message_group) return lanes_by<std::string_view>(event, message_group_of);
  Lanes lanes(event.size());
  for (std::size_t index = 0; index < lanes.size(); ++index) lanes[index] = index;
  return lanes;
}

Lanes lanes_of(const Event<KinesisStreamRecord>& event, Ordering) {
  return lanes_by<std::string_view>(event, partition_key_of);
}

Lanes lanes_of(const Event<DynamoDbRecord>& event, Ordering) { return lanes_by<std::string>(event, item_of); }

}  // namespace batchproof::detail
