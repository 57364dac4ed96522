// Decodes an event of Kafka, whose records stand in lists, one for each partition of a topic.

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "decode_event.hpp"
#include "excerpt.hpp"
#include "json_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

/// One list of `records`.
struct PartitionList {
  std::string_view topic_partition;  ///< its name
  std::size_t begin;                 ///< the position of its first record
  std::size_t offset_digits = 0;     ///< of all its records
};

/// Checks a whole number that identifies the record: digits alone, without leading zeros.
template <class Number>
void check_identifying_number(std::string_view digits, const char* path) {
  constexpr std::size_t digits_that_fit = std::numeric_limits<Number>::digits10;
  const bool is_canonical =
      !digits.empty() && (digits.front() != '0' || digits.size() == 1) &&
      std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
  if (is_canonical && digits.size() <= digits_that_fit) return;
  Number number{};
  if (is_canonical && std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc())
    return;
  throw RecordFault((digits.empty() ? "missing; a" : excerpt(digits, 40) + " is not a") +
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
[[gnu::noinline]] void check_partition(const EventText& text, std::string_view topic_partition,
                                       const KafkaFields& fields) {
  const std::string_view partition = text.raw(fields[KafkaField::partition]);
  check_identifying_number<std::int32_t>(partition, "partition");
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

/// Whether topic and partition are written as in the other record: one after the other, as AWS writes them.
bool is_written_alike(const EventText& text, const KafkaFields& fields, const KafkaFields& other) {
  const auto topic_to_partition = [&](const KafkaFields& of) {
    const Slice topic = of[KafkaField::topic];
    const Slice partition = of[KafkaField::partition];
    const std::uint32_t end = partition.begin + partition.size;
    return text.raw({topic.begin, end > topic.begin ? end - topic.begin : 0});
  };
  const std::string_view here = topic_to_partition(fields);
  const std::string_view there = topic_to_partition(other);
  return !here.empty() && here.size() == there.size() &&
         fields[KafkaField::topic].size == other[KafkaField::topic].size &&
         fields[KafkaField::partition].size == other[KafkaField::partition].size &&
         std::memcmp(here.data(), there.data(), here.size()) == 0;
}

/// Writes the identifiers of a list's records one after the other.
void write_identifiers(const PartitionList& list, Storage<KafkaRecord>& storage) {
  constexpr std::string_view before_name = R"({"partition":")";
  constexpr std::string_view behind_name = R"(","offset":)";
  std::string escaped;
  std::string_view name = list.topic_partition;
  if (!is_plain(name)) {  // Kafka allows no such name
    append_escaped(escaped, name);
    name = escaped;
  }
  const std::size_t count = storage.fields.size() - list.begin;
  char* end = storage.event.room_for_identifiers(
      count * (before_name.size() + name.size() + behind_name.size() + 1) + list.offset_digits);
  const auto append = [&end](std::string_view text) { end = std::copy(text.begin(), text.end(), end); };
  for (std::size_t index = list.begin; index < storage.fields.size(); ++index) {
    KafkaFields& fields = storage.fields[index];
    const char* const begin = end;
    append(before_name);
    append(name);
    append(behind_name);
    append(storage.text.raw(fields[KafkaField::offset]));
    *end++ = '}';
    fields.item_identifier = {begin, static_cast<std::size_t>(end - begin)};
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
      added.topic_partition = topic_partition;
      if (index_in_list == 0 || !is_written_alike(storage.text, added, all[list.begin]))
        check_partition(storage.text, topic_partition, added);
      check_identifying_number<std::int64_t>(storage.text.raw(added[KafkaField::offset]), "offset");
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
  if (!storage.text.absent(storage.event[KafkaEventField::window]))
    throw EventError(window_elsewhere, std::nullopt, "/window");
}

}  // namespace batchproof::inline v0_1::detail
