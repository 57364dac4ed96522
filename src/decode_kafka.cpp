// Decodes an event of Kafka, whose records stand in lists, one for each partition of a topic.

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "decode_event.hpp"
#include "json_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

/// One list of `records`.
struct PartitionList {
  std::string_view topic_partition;  ///< its name
  std::size_t begin;                 ///< the position of its first record
  std::size_t offset_digits = 0;     ///< of all its records
};

bool are_digits(std::string_view text) noexcept {
  for (const char character : text) {
    if (character < '0' || character > '9') return false;
  }
  return true;
}

/// Checks a whole number that identifies the record: digits alone, without leading zeros.
template <class Number>
void check_identifying_number(std::string_view digits, const char* path) {
  constexpr std::size_t digits_that_fit = std::numeric_limits<Number>::digits10;
  const bool is_canonical =
      !digits.empty() && (digits.front() != '0' || digits.size() == 1) && are_digits(digits);
  if (is_canonical && digits.size() <= digits_that_fit) return;
  Number number{};
  if (is_canonical && std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc())
    return;
  throw RecordFault{(digits.empty() ? "missing; a" : excerpt(digits, 40) + " is not a") +
                        std::string(" whole number from 0 to ") +
                        std::to_string(std::numeric_limits<Number>::max()) +
                        "; without it a failure of this record could not be reported",
                    path};
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
    throw RecordFault{(fields[KafkaField::topic].size == 0
                           ? std::string("missing")
                           : "no topic: " + excerpt(text.raw(fields[KafkaField::topic]), 40)) +
                          "; without it a failure of this record could not be reported",
                      "topic"};
  }
  if (is_joined(topic_partition, *topic, partition)) return;
  throw RecordFault{"this record is of \"" + excerpt(*topic, 80) + "-" + std::string(partition) +
                        "\", but is in the list \"" + excerpt(topic_partition, 80) +
                        "\"; its failure could be taken for another record's",
                    ""};
}

/// Reads topic, partition and offset at once, at the topic's value, if they stand one after the other, as AWS
/// writes them, and all up to the offset's value is written as in the record before.
[[gnu::always_inline]] inline bool read_alike(Cursor& cursor, KafkaFields& fields,
                                              const KafkaFields& before) {
  const Slice topic = before[KafkaField::topic];
  const Slice partition = before[KafkaField::partition];
  const Slice offset = before[KafkaField::offset];
  if (topic.begin >= partition.begin || partition.begin >= offset.begin) return false;
  if (fields[KafkaField::partition].size != 0 || fields[KafkaField::offset].size != 0) return false;
  const auto here = static_cast<std::uint32_t>(cursor.offset());
  constexpr std::size_t positions = 8;  // a comma, a name, a colon and a value, twice
  if (!cursor.take_alike(topic.begin, offset.begin - topic.begin, positions)) return false;
  fields[KafkaField::topic] = {here, topic.size};
  fields[KafkaField::partition] = {here + (partition.begin - topic.begin), partition.size};
  fields[KafkaField::offset] = cursor.value();
  return true;
}

/// To be called at the value of a field that `read_alike` may have read already: here, or at another place.
void check_not_twice(const Cursor& cursor, Slice known, std::string_view quoted_name) {
  if (known.size != 0 && known.begin != cursor.offset()) fail_twice(quoted_name);
}

/// Writes the identifiers of a list's records one after the other. What is the same in all is copied from the
/// first one in steps, the last of which may write behind it what is overwritten then.
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
  const std::size_t before_offset = before_name.size() + name.size() + behind_name.size();
  constexpr std::size_t step = 16;  // a few instructions where a call would take longer than the copy
  char* end = storage.event.room_for_identifiers(count * (before_offset + 1) + list.offset_digits + step);
  const char* const first = end;
  const auto append = [&end](std::string_view text) { end = std::copy(text.begin(), text.end(), end); };
  for (std::size_t index = list.begin; index < storage.fields.size(); ++index) {
    KafkaFields& fields = storage.fields[index];
    const char* const begin = end;
    if (begin == first) {
      append(before_name);
      append(name);
      append(behind_name);
    } else {
      for (std::size_t at = 0; at < before_offset; at += step) std::memcpy(end + at, first + at, step);
      end += before_offset;
    }
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
      const KafkaFields* const before = index_in_list == 0 ? nullptr : &added - 1;
      bool is_alike = false;
      KafkaFields::Names::walk(
          cursor, [&](Cursor & at, auto field) __attribute__((always_inline)) {
            if (field == KafkaField::topic && before != nullptr && read_alike(at, added, *before)) {
              is_alike = true;
              return;
            }
            if (field == KafkaField::partition) check_not_twice(at, added[field], "\"partition\"");
            if (field == KafkaField::offset) check_not_twice(at, added[field], "\"offset\"");
            added[field] = at.value();
          });
      added.topic_partition = topic_partition;
      if (!is_alike) check_partition(storage.text, topic_partition, added);
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
    throw Refusal{"not an object", "lists of records by topic and partition expected", {}, "/records"};
  const std::size_t begin = cursor.offset();
  walk_entries(cursor, [&](Slice name) {
    const auto topic_partition = try_string(storage.text, name);
    if (!topic_partition)
      throw Refusal{"a name in it is not valid: " + excerpt(storage.text.raw(name), 40), "", {}, "/records"};
    if (cursor.peek() != '[') {
      throw Refusal{
          "not an array", '"' + excerpt(*topic_partition, 80) + "\" holds a list of records", {}, "/records"};
    }
    read_list(cursor, *topic_partition, storage, begin);
  });
}

void check_source(const EventText& text, Slice slice) {
  constexpr auto& sources = KafkaFields::sources;
  if (KafkaFields::msk_source.is(text.raw(slice))) return;  // mostly, so without a search
  if (text.absent(slice)) return;  // lists by topic and partition are those of no other source
  const auto source = try_string(text, slice);
  if (source && std::find(sources.begin(), sources.end(), *source) != sources.end()) return;
  const std::string found = source ? std::string(*source) : std::string(text.raw(slice));
  throw Refusal{"this event is from \"" + excerpt(found, 80) + "\", but the processor is for Kafka",
                "\"aws:kafka\" or \"SelfManagedKafka\" expected",
                {},
                "/eventSource"};
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
  if (!has_records) throw Refusal{"missing", "is this an event of Kafka?", {}, "/records"};
  check_source(storage.text, storage.event[KafkaEventField::event_source]);
  if (!storage.text.absent(storage.event[KafkaEventField::window]))
    throw Refusal{window_elsewhere, "", {}, "/window"};
}

}  // namespace batchproof::inline v0_1::detail
