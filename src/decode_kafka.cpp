// Decodes an event of Kafka, whose records stand in lists, one for each partition of a topic.

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <string_view>

#include "decode_event.hpp"
#include "excerpt.hpp"
#include "json_text.hpp"

namespace batchproof::detail {
namespace {

/// One list of `records`.
struct PartitionList {
  std::string_view topic_partition;  ///< its name
  std::size_t begin;                 ///< the position of its first record
  std::size_t offset_digits = 0;     ///< of all its records
};

/// Reads a whole number as the identifier will show it: digits alone, without leading zeros.
template <class Number>
Number read_identifying_number(std::string_view digits, const char* path) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_canonical =
      !digits.empty() && digits.front() != '-' && (digits.front() != '0' || digits.size() == 1);
  if (error == std::errc() && end == digits.data() + digits.size() && is_canonical) return number;
  throw RecordFault((digits.empty() ? "missing; a" : excerpt(digits, 40) + " is no") +
                        std::string(" whole number from 0 to ") +
                        std::to_string(std::numeric_limits<Number>::max()) +
                        "; without it a failure of this record could not be reported",
                    path);
}

bool is_joined(std::string_view joined, std::string_view topic, std::string_view partition) {
  return joined.size() == topic.size() + 1 + partition.size() && joined.starts_with(topic) &&
         joined[topic.size()] == '-' && joined.ends_with(partition);
}

/// The service finds a failed record by topic and partition. If those of the record differed from those of
/// its list, its failure could be taken for another record's and be lost.
[[gnu::noinline]] void check_record(const EventText& text, std::string_view topic_partition,
                                    KafkaFields& fields) {
  const std::string_view partition = text.raw(fields[KafkaField::partition]);
  fields.partition = read_identifying_number<std::int32_t>(partition, "partition");
  fields.offset = read_identifying_number<std::int64_t>(text.raw(fields[KafkaField::offset]), "offset");
  fields.topic_partition = topic_partition;
  const auto topic = try_string(text, fields[KafkaField::topic]);
  if (!topic || topic->empty()) {
    throw RecordFault((fields[KafkaField::topic].size == 0
                           ? std::string("missing")
                           : "no topic: " + excerpt(text.raw(fields[KafkaField::topic]), 40)) +
                          "; without it a failure of this record could not be reported",
                      "topic");
  }
  if (is_joined(topic_partition, *topic, partition)) return;
  throw RecordFault("this record is of \"" + excerpt(*topic, 80) + "-" + std::string(partition) +
                        "\", but is in the list \"" + excerpt(topic_partition, 80) +
                        "\"; its failure could be taken for another record's",
                    "");
}

/// Writes the identifiers of a list's records one after the other.
void write_identifiers(const PartitionList& list, Storage<KafkaRecord>& storage) {
  std::string prefix = R"({"partition":")";
  append_escaped(prefix, list.topic_partition);
  prefix += R"(","offset":)";
  const std::size_t count = storage.fields.size() - list.begin;
  std::string& all = storage.event.identifiers.emplace_back();
  all.reserve(count * (prefix.size() + 1) + list.offset_digits);  // exactly, so that it never moves
  for (std::size_t index = list.begin; index < storage.fields.size(); ++index) {
    KafkaFields& fields = storage.fields[index];
    const std::size_t begin = all.size();
    all += prefix;
    all += storage.text.raw(fields[KafkaField::offset]);
    all += '}';
    fields.item_identifier = std::string_view(all).substr(begin);
  }
}

void read_list(Cursor& cursor, std::string_view topic_partition, Storage<KafkaRecord>& storage,
               std::size_t records_begin) {
  ManyOf<KafkaFields>& all = storage.fields;
  PartitionList list{topic_partition, all.size()};
  walk_array(cursor, [&] {
    reserve_for_batch(all, cursor.offset() - records_begin, storage.text.size());
    const auto index_in_list = static_cast<std::uint32_t>(all.size() - list.begin);
    const auto place_of = [&](const KafkaFields&) { return Place{index_in_list, {}, topic_partition}; };
    const KafkaFields& fields = add_record(all, storage.text, cursor, place_of, [&](KafkaFields& added) {
      KafkaFields::Names::walk(
          cursor, [&](Cursor & at, auto field) __attribute__((always_inline)) { added[field] = at.value(); });
      check_record(storage.text, topic_partition, added);
      added.event = &storage.event;
      added.index_in_list = index_in_list;
    });
    list.offset_digits += fields[KafkaField::offset].size;
  });
  if (all.size() != list.begin) write_identifiers(list, storage);
}

void read_lists(Cursor& cursor, Storage<KafkaRecord>& storage) {
  if (cursor.peek() != '{')
    throw EventError("not an object; lists of records by topic and partition expected", std::nullopt,
                     "/records");
  const std::size_t begin = cursor.offset();
  walk_entries(cursor, [&](Slice name) {
    const auto topic_partition = try_string(storage.text, name);
    if (!topic_partition)
      throw EventError("a name in it is not valid: " + excerpt(storage.text.raw(name), 40), std::nullopt,
                       "/records");
    if (cursor.peek() != '[') {
      throw EventError("not an array; \"" + excerpt(*topic_partition, 80) + "\" holds a list of records",
                       std::nullopt, "/records");
    }
    read_list(cursor, *topic_partition, storage, begin);
  });
}

void check_source(const EventText& text, Slice slice) {
  constexpr auto& sources = KafkaFields::sources;
  const auto source = try_string(text, slice);
  if (source && std::find(sources.begin(), sources.end(), *source) != sources.end()) return;
  const std::string found = source ? std::string(*source) : std::string(text.raw(slice));
  throw EventError((text.absent(slice) ? "missing"
                                       : "this event is from \"" + excerpt(found, 80) +
                                             "\", but the processor is for Kafka") +
                       std::string("; \"aws:kafka\" or \"SelfManagedKafka\" expected"),
                   std::nullopt, "/eventSource");
}

}  // namespace

void read_event(Cursor& cursor, Storage<KafkaRecord>& storage) {
  bool has_records = false;
  KafkaEventFields::Names::walk(cursor, [&](Cursor& at, auto field) {
    if (field == KafkaEventField::records) {
      has_records = true;
      read_lists(at, storage);
    } else {
      storage.event[field] = at.value();
    }
  });
  check_end(cursor);
  if (!has_records) throw EventError("missing; is this an event of Kafka?", std::nullopt, "/records");
  check_source(storage.text, storage.event[KafkaEventField::event_source]);
}

}  // namespace batchproof::detail
