// Decodes an event: walks its structure once, notes where each record's fields stand, and checks what a
// processor must know before any handler runs: the source, the identifier, the FIFO queue, the message group.

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/foreign_event.hpp>
#include <boost/container/small_vector.hpp>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "excerpt.hpp"
#include "fields.hpp"
#include "structural_index.hpp"
#include "unescape.hpp"

namespace batchproof {
namespace detail {
namespace {

constexpr std::size_t largest_aws_batch = 10'000;

/// A small batch, such as a queue's of 10 messages by default, needs no memory of its own for these.
template <class T>
using ManyOf = boost::container::small_vector<T, 16>;

/// The storage that copies of an `Event` share: the text, where the fields stand in it, and the handles that
/// are given out.
template <class Record>
struct Storage {
  explicit Storage(std::string&& payload) noexcept : text(std::move(payload)) {}
  explicit Storage(std::string_view payload) noexcept : text(payload) {}
  EventText text;
  ManyOf<typename Record::Fields> fields;
  ManyOf<Record> records;
};

/// A fault of one record; its place is relative to that record.
struct RecordFault : std::runtime_error {
  RecordFault(const std::string& what_was_wrong, std::string path_in_record)
      : std::runtime_error(what_was_wrong), path(std::move(path_in_record)) {}
  std::string path;
};

/// The string without its escapes; nothing when it is not a string, or a broken one.
std::optional<std::string_view> try_string(const EventText& text, Slice slice) {
  try {
    return text.string(slice, {});
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

/// A string without escapes, as AWS makes what is read here; nothing, and no call, for any other value.
std::optional<std::string_view> plain_string(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '"' || has_escapes(raw)) return std::nullopt;
  return raw.substr(1, raw.size() - 2);
}

std::string_view read_unusual_identifier(const EventText& text, Slice slice, const char* path) {
  const std::string_view raw = text.raw(slice);
  const auto refuse = [&](const std::string& what) {
    throw RecordFault(what + "; without it a failure of this record could not be reported", path);
  };
  if (raw.empty()) refuse("missing");
  const auto identifier = try_string(text, slice);
  if (!identifier) refuse("not a string: " + excerpt(raw, 40));
  if (identifier->empty()) refuse("empty");
  return *identifier;
}

/// Checks that a record can be reported by this identifier, and returns it without quotes and escapes.
inline std::string_view read_identifier(const EventText& text, Slice slice, const char* path) {
  const auto plain = plain_string(text.raw(slice));
  return plain && !plain->empty() ? *plain : read_unusual_identifier(text, slice, path);
}

/// Names the processors of this source; empty for a source that has none.
std::string processor_for(std::string_view source) {
#define BATCHPROOF_NAME(Record) \
  if (source == Record::Fields::source.name()) return std::string("; use ") + Record::Fields::processors;
  BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_NAME)
#undef BATCHPROOF_NAME
  return {};
}

void check_unusual_source(const EventText& text, Slice slice, std::string_view expected) {
  if (text.absent(slice))
    throw RecordFault("missing; \"" + std::string(expected) + "\" expected", "eventSource");
  const std::string_view source = try_string(text, slice).value_or(text.raw(slice));
  if (source == expected) return;
  throw RecordFault("this record is from \"" + excerpt(source, 80) + "\", but the processor is for \"" +
                        std::string(expected) + "\"" + processor_for(source),
                    "eventSource");
}

template <QuotedText expected>
void check_source(const EventText& text, Slice slice) {
  if (!expected.is(text.raw(slice))) check_unusual_source(text, slice, expected.name());
}

bool is_fifo_arn(const EventText& text, Slice slice) {
  const std::string_view raw = text.raw(slice);
  if (!has_escapes(raw)) return raw.ends_with(".fifo\"");
  const auto arn = try_string(text, slice);  // unread, a FIFO queue would pass for a standard one
  if (!arn) throw RecordFault("not a string: " + excerpt(raw, 40), "eventSourceARN");
  return arn->ends_with(".fifo");
}

/// Not inlined, so that the walk keeps the registers to itself.
[[gnu::noinline]] void check_record(const EventText& text, Slice group, SqsFields& fields) {
  check_source<SqsFields::source>(text, fields[SqsField::event_source]);
  fields.item_identifier = read_identifier(text, fields[SqsFields::identifier], SqsFields::identifier_path);
  fields.from_fifo_queue = is_fifo_arn(text, fields[SqsField::event_source_arn]);
  if (group.size == 0) return;
  const auto plain_group = plain_string(text.raw(group));
  fields.order_group = plain_group ? *plain_group : try_string(text, group).value_or(std::string_view());
}

void read_record(Cursor& cursor, const EventText& text, SqsFields& fields) {
  Slice group;
  SqsFields::Names::walk(
      cursor, [&](Cursor & at, auto field) __attribute__((always_inline)) {
        if (field == SqsField::attributes && at.peek() == '{') {
          const auto begin = static_cast<std::uint32_t>(at.offset());
          walk_object<"MessageGroupId">(
              at, [&](Cursor & inside, auto) __attribute__((always_inline)) { group = inside.value(); });
          fields[field] = {begin, at.end_of_nested() - begin};
        } else {
          fields[field] = at.value();
        }
      });
  check_record(text, group, fields);
}

template <class Fields>
[[gnu::noinline]] void check_record(const EventText& text, Fields& fields) {
  using Field = decltype(Fields::identifier);
  check_source<Fields::source>(text, fields[Field::event_source]);
  fields.item_identifier = read_identifier(text, fields[Fields::identifier], Fields::identifier_path);
}

/// A record of a stream: most of its fields stand in an object within it.
template <class Fields>
void read_record(Cursor& cursor, const EventText& text, Fields& fields) {
  Fields::Names::walk(
      cursor, [&](Cursor & at, auto field) __attribute__((always_inline)) {
        if (field == Fields::inner_object && at.peek() == '{') {
          Fields::InnerNames::walk(
              at, [&](Cursor & inside, auto inner)
                      __attribute__((always_inline)) { fields[inner] = inside.value(); });
        } else {
          fields[field] = at.value();  // also where there is no inner object: the identifier will be missing
        }
      });
  check_record(text, fields);
}

/// Messages of one group mostly follow each other: they share one view, so that comparing two groups touches
/// no text, which by then has left the cache.
void share_group(const SqsFields& before, SqsFields& fields) noexcept {
  if (fields.order_group.data() != nullptr && fields.order_group == before.order_group)
    fields.order_group = before.order_group;
}

/// Copies the facts that a record shares with the one before it.
template <class Fields>
void follow(const Fields& before, Fields& fields) noexcept {
  if constexpr (std::is_same_v<Fields, SqsFields>) share_group(before, fields);
}

/// Refuses the event. An exception that is caught, to be described and thrown again, would cost twice.
[[noreturn]] void refuse(const EventText& text, const std::string& what, std::optional<std::size_t> record,
                         std::string json_pointer) {
  throw with_description(EventError(what, record, std::move(json_pointer)), text.payload());
}

template <class Fields>
void read_records(Cursor& cursor, EventText& text, ManyOf<Fields>& all) {
  if (cursor.peek() != '[')
    refuse(text, "not an array; a list of records expected", std::nullopt, "/Records");
  const std::size_t begin = cursor.offset();
  walk_array(cursor, [&] {
    if (all.size() == 1) {  // one allocation for a batch of records of about the first one's size
      const std::size_t first_record_bytes = cursor.offset() - begin;
      all.reserve(std::min(largest_aws_batch, text.size() / first_record_bytes + 1));
    }
    static constexpr Fields none{};
    Fields& fields = all.emplace_back(none);  // copied, since g++ would write the zeros by a slow instruction
    fields.record_index = static_cast<std::uint32_t>(all.size() - 1);
    const auto pointer = [&] { return "/Records/" + std::to_string(fields.record_index); };
    try {
      if (cursor.peek() != '{') throw RecordFault("not an object", "");
      read_record(cursor, text, fields);
      if constexpr (requires { Fields::lazy_field; })
        fields.lazy_place = text.add_place(fields[Fields::lazy_field]);
      if (all.size() > 1) follow(all[all.size() - 2], fields);
    } catch (const RecordFault& fault) {
      refuse(text, fault.what(), fields.record_index,
             fault.path.empty() ? pointer() : pointer() + "/" + fault.path);
    } catch (const Malformed& malformed) {
      refuse(text, malformed.what(), fields.record_index, pointer());
    }
  });
}

/// `Payload` is a `std::string` to own or a `std::string_view` to borrow.
template <class Record, class Payload>
Event<Record> decode_event(Payload&& payload) {
  thread_local StructuralIndex index;
  auto storage = std::make_shared<Storage<Record>>(std::forward<Payload>(payload));
  EventText& text = storage->text;
  try {
    Cursor cursor = index.read(text.payload());
    bool has_records = false;
    Slice window;
    if (cursor.peek() != '{')
      refuse(text, "not a JSON object; an event is {\"Records\": [...]}", std::nullopt, "");
    walk_object<"Records", "window">(cursor, [&](Cursor& at, std::size_t field) {
      if (field == 0) {
        has_records = true;
        read_records(at, text, storage->fields);
      } else {
        window = at.value();
      }
    });
    if (!cursor.at_end())
      throw Malformed("text follows the event, at byte " + std::to_string(cursor.offset()));
    if (!has_records)
      refuse(text, "missing; is this an event of a queue or stream?", std::nullopt, "/Records");
    if (!text.absent(window)) {
      refuse(text, "tumbling windows are not supported: the response would lose the window's state",
             std::nullopt, "/window");
    }
  } catch (const Malformed& malformed) {
    refuse(text, malformed.what(), std::nullopt, "");
  }
  index.trim();
  storage->records.reserve(storage->fields.size());
  for (const auto& fields : storage->fields) storage->records.emplace_back(text, fields);
  const std::span<const Record> records(storage->records.data(), storage->records.size());
  return {std::move(storage), records};
}

}  // namespace

template <class Record>
Event<Record> borrow(std::string_view payload) {
  return decode_event<Record>(payload);
}

#define BATCHPROOF_INSTANTIATE(Record) template Event<Record> borrow(std::string_view);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

void refuse_fifo(const Event<SqsRecord>& event) {
  for (const SqsRecord& record : event.records()) {
    if (!record.from_fifo_queue()) continue;
    throw EventError(
        "this record is from a FIFO queue, whose order BatchProcessor does not keep; use "
        "SqsFifoPartialProcessor, or set "
        "allow_fifo",
        record.index(), "/Records/" + std::to_string(record.index()) + "/eventSourceARN");
  }
}

}  // namespace detail

template <class Record>
Event<Record> decode(std::string&& payload) {
  return detail::decode_event<Record>(std::move(payload));
}

#define BATCHPROOF_INSTANTIATE(Record) template Event<Record> decode(std::string&&);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof
