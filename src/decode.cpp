// Decodes an event: walks its structure once, stores where each record's fields stand, and checks all that a
// processor must know before any handler runs: the source, the identifier, the FIFO queue, the message group.

#include <array>
#include <batchproof/batch.hpp>
#include <batchproof/detail/foreign_event.hpp>
#include <batchproof/detail/inner_change.hpp>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/detail/window_fields.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "decode_event.hpp"
#include "record_text.hpp"
#include "unescape.hpp"

namespace batchproof::inline v0_1 {
namespace detail {

std::optional<std::string_view> try_string(const EventText& text, Slice slice) {
  try {
    return text.string(slice, {});
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

void check_end(const Cursor& cursor) {
  if (!cursor.at_end()) throw Malformed("text follows the event, at byte " + std::to_string(cursor.offset()));
}

namespace {

/// A string without escapes, as AWS writes the fields that are read here; nothing for any other value.
std::optional<std::string_view> plain_string(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '"' || has_escapes(raw)) return std::nullopt;
  return raw.substr(1, raw.size() - 2);
}

std::string_view read_unusual_identifier(const EventText& text, Slice slice, const char* path) {
  const std::string_view raw = text.raw(slice);
  const auto refuse = [&](const std::string& what) {
    throw RecordFault{what + "; without it a failure of this record could not be reported", path};
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

void check_unusual_source(const EventText& text, Slice slice, std::string_view expected) {
  if (text.absent(slice))
    throw RecordFault{"missing", "eventSource", '"' + std::string(expected) + "\" expected"};
  const std::string_view source = try_string(text, slice).value_or(text.raw(slice));
  if (source == expected) return;
  const std::string processor = processor_for(source);
  throw RecordFault{"this record is from \"" + excerpt(source, 80) + "\", but the processor is for \"" +
                        std::string(expected) + '"',
                    "eventSource", processor.empty() ? "" : "use " + processor};
}

template <QuotedText expected>
void check_source(const EventText& text, Slice slice) {
  if (!expected.is(text.raw(slice))) check_unusual_source(text, slice, expected.name());
}

bool is_fifo_arn(const EventText& text, Slice slice) {
  const std::string_view raw = text.raw(slice);
  if (!has_escapes(raw)) return raw.ends_with(".fifo\"");
  const auto arn = try_string(text, slice);  // a FIFO queue must not pass for a standard one
  if (!arn) throw RecordFault{"not a string: " + excerpt(raw, 40), "eventSourceARN"};
  return arn->ends_with(".fifo");
}

/// Not inlined, so that the walk keeps the registers.
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
  fields.sequence_number = fields.item_identifier;
}

/// "Amazon EventBridge Pipes batching and concurrency", EventBridge user guide: a failure is reported by the
/// eventID. An enrichment may have left out the sequence number.
template <class Fields>
void check_record_of_pipe(const EventText& text, Fields& fields) {
  using Field = decltype(Fields::identifier);
  check_source<Fields::source>(text, fields[Field::event_source]);
  fields.item_identifier = read_identifier(text, fields[Fields::pipe_identifier], "eventID");
  fields.sequence_number = try_string(text, fields[Fields::identifier]).value_or(std::string_view());
}

/// A record of a stream: most of its fields stand in an object within it.
template <class Fields>
[[gnu::always_inline]] inline void walk_record(Cursor& cursor, Fields& fields) {
  Fields::Names::walk(
      cursor, [&](Cursor & at, auto field) __attribute__((always_inline)) {
        if (field == Fields::inner_object && at.peek() == '{') {
          Fields::InnerNames::walk(
              at, [&](Cursor & inside, auto inner)
                      __attribute__((always_inline)) { fields[inner] = inside.value(); });
        } else {
          fields[field] = at.value();  // also without an inner object: then the identifier is missing
        }
      });
}

template <class Fields>
void read_record(Cursor& cursor, const EventText& text, Fields& fields) {
  walk_record(cursor, fields);
  check_record(text, fields);
}

/// A record of an event that is a list, as EventBridge Pipes passes it.
void read_record_of_pipe(Cursor& cursor, const EventText& text, SqsFields& fields) {
  read_record(cursor, text, fields);  // the same as Lambda's
}

template <class Fields>
void read_record_of_pipe(Cursor& cursor, const EventText& text, Fields& fields) {
  if constexpr (requires { typename Fields::FlatNames; }) {
    Fields::FlatNames::walk(cursor, [&](Cursor& at, auto field) { fields[field] = at.value(); });
  } else {
    walk_record(cursor, fields);
  }
  check_record_of_pipe(text, fields);
}

/// Messages of one group mostly follow each other. They share one view, so that comparing two groups does not
/// load the text, which has left the cache by then.
void share_group(const SqsFields& before, SqsFields& fields) noexcept {
  if (fields.order_group.data() != nullptr && fields.order_group == before.order_group)
    fields.order_group = before.order_group;
}

template <bool of_pipe, class Fields>
void read_records(Cursor& cursor, EventText& text, ManyOf<Fields>& all) {
  const std::size_t begin = cursor.offset();
  walk_array(cursor, [&] {
    reserve_for_batch(all, cursor.offset() - begin, text.size());
    const auto place_number = [](const Fields& added) {
      return added.record_index + (of_pipe ? Place::in_array : 0);
    };
    [[maybe_unused]] Fields& fields = add_record(
        all, text, cursor,
        [&](Fields& added) {
          return Place{place_number(added), {}};
        },
        [&](Fields& added) {
          added.place_number = place_number(added);
          if constexpr (of_pipe) {
            read_record_of_pipe(cursor, text, added);
          } else {
            read_record(cursor, text, added);
          }
        });
    if constexpr (std::is_same_v<Fields, SqsFields>) {
      if (all.size() > 1) share_group(all[all.size() - 2], fields);
    }
  });
}

/// Reads an event with a list `Records`, or one that is such a list. The event of a window is refused if its
/// fields are not asked for.
template <class Record>
void read_event(Cursor& cursor, Storage<Record>& storage, WindowFields* window) {
  if (cursor.peek() == '[') {
    read_records<true>(cursor, storage.text, storage.fields);
    return check_end(cursor);
  }
  bool has_records = false;
  std::array<Slice, 6> others{};
  walk_object<"Records", "window", "state", "shardId", "eventSourceARN", "isFinalInvokeForWindow",
              "isWindowTerminatedEarly">(cursor, [&](Cursor& at, std::size_t field) {
    if (field == 0) {
      has_records = true;
      if (at.peek() != '[') throw Refusal{"not an array", "a list of records expected", {}, "/Records"};
      read_records<false>(at, storage.text, storage.fields);
    } else {
      others[field - 1] = at.value();
    }
  });
  check_end(cursor);
  if (!has_records) throw Refusal{"missing", "is this an event of a queue or stream?", {}, "/Records"};
  if (window != nullptr) {
    const auto text = [&](std::size_t field) { return storage.text.raw(others[field]); };
    *window = {text(0), text(1), text(2), text(3), text(4), text(5)};
  } else if (!storage.text.absent(others[0])) {
    constexpr bool has_windows = !std::is_same_v<Record, SqsRecord>;
    throw Refusal{has_windows ? "the event of a tumbling window, whose state the response would lose; use "
                                "process_window of <batchproof/windows.hpp>"
                              : window_elsewhere,
                  "",
                  {},
                  "/window"};
  }
}

/// Kafka has no windows.
void read_event(Cursor& cursor, Storage<KafkaRecord>& storage, WindowFields*) { read_event(cursor, storage); }

/// `Payload` is a `std::string` to own or a `std::string_view` to borrow.
template <class Record, class Payload>
Event<Record> decode_event(Payload&& payload, WindowFields* window = nullptr) {
  thread_local StructuralIndex index;
  constexpr bool is_kafka = std::is_same_v<Record, KafkaRecord>;
  auto storage = std::make_shared<Storage<Record>>(std::forward<Payload>(payload));
  EventText& text = storage->text;
  try {
    Cursor cursor = index.read(text.payload());
    if (cursor.peek() != '{' && (is_kafka || cursor.peek() != '[')) {
      throw Refusal{
          "not a JSON object",
          is_kafka ? "an event is {\"records\": {\"topic-0\": [...]}}" : "an event is {\"Records\": [...]}",
          {},
          ""};
    }
    read_event(cursor, *storage, window);
  } catch (const Malformed& malformed) {
    throw error_of({malformed.what(), "", {}, ""}, text.payload(), is_kafka);
  } catch (const Refusal& refusal) {
    throw error_of(refusal, text.payload(), is_kafka);
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

template <class Record>
Event<Record> borrow_window(std::string_view payload, WindowFields& fields) {
  return decode_event<Record>(payload, &fields);
}

#define BATCHPROOF_INSTANTIATE(Record) template Event<Record> borrow_window(std::string_view, WindowFields&);
BATCHPROOF_FOR_EACH_STREAM_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

InnerChange read_change(const KinesisStreamRecord& outer) {
  const std::string_view json = outer.data();
  struct ChangeStorage {
    EventText text;
    DynamoDbFields fields{};
  };
  thread_local StructuralIndex index;
  const std::shared_ptr<ChangeStorage> storage(new ChangeStorage{EventText(json)});
  DynamoDbFields& fields = storage->fields;
  fields.item_identifier = outer.item_identifier();
  fields.sequence_number = outer.sequence_number();
  fields.record_index = static_cast<std::uint32_t>(outer.index());
  fields.place_number = RecordText::place_number(outer) | Place::in_data;
  Slice table_name;
  Slice change;
  try {
    Cursor cursor = index.read(json);
    if (cursor.peek() != '{') throw RecordFault{"not an object", ""};
    Cursor names = cursor;
    walk_record(cursor, fields);
    check_end(cursor);
    walk_object<"tableName", "dynamodb">(
        names, [&](Cursor& at, std::size_t name) { (name == 0 ? table_name : change) = at.value(); });
    if (!json.substr(change.begin, change.size).starts_with('{'))
      throw RecordFault{"the change is missing, or not an object", "dynamodb"};
    check_source<DynamoDbFields::source>(storage->text, fields[DynamoDbField::event_source]);
  } catch (const Malformed& malformed) {
    throw EventError(malformed.what(), std::nullopt, "");
  } catch (const RecordFault& fault) {
    throw EventError(with_advice(fault.what_was_wrong, fault.advice), std::nullopt,
                     fault.path.empty() ? "" : "/" + fault.path);
  }
  const DynamoDbRecord record(storage->text, fields);
  return {storage, record, try_string(storage->text, table_name)};
}

void refuse_fifo(const Event<SqsRecord>& event) {
  for (const SqsRecord& record : event.records()) {
    if (!record.from_fifo_queue()) continue;
    throw EventError(
        "this record is from a FIFO queue, whose order BatchProcessor does not keep; use "
        "SqsFifoPartialProcessor, or set allow_fifo",
        record.index(), RecordText::pointer(record, "eventSourceARN"));
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

}  // namespace batchproof::inline v0_1
