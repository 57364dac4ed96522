#pragma once

// The steps of decoding that events of all sources share. decode.cpp reads events with a list `Records`,
// decode_kafka.cpp those of Kafka.
//
//     reserve_for_batch(all, cursor.offset() - records_begin, storage.text.size());
//     const KafkaFields& fields = add_record(all, storage.text, cursor, place_of, read);

#include <algorithm>
#include <batchproof/errors.hpp>
#include <batchproof/kafka_record.hpp>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "event_text.hpp"
#include "fields.hpp"
#include "structural_index.hpp"

namespace batchproof::inline v0_1::detail {

/// A small batch, such as a queue's of 10 messages by default, needs no memory of its own for these.
template <class T>
using ManyOf = boost::container::small_vector<T, 16>;

/// The storage that copies of an `Event` share: the text, the places of the fields in it, and the records.
template <class Record>
struct Storage {
  explicit Storage(std::string&& payload) noexcept : text(std::move(payload)) {}
  explicit Storage(std::string_view payload) noexcept : text(payload) {}
  EventText text;
  ManyOf<typename Record::Fields> fields;
  ManyOf<Record> records;
};

/// The same for Kafka, with the fields that its records share.
struct KafkaStorage {
  explicit KafkaStorage(std::string&& payload) noexcept : text(std::move(payload)) {}
  explicit KafkaStorage(std::string_view payload) noexcept : text(payload) {}
  EventText text;
  KafkaEventFields event;
  ManyOf<KafkaFields> fields;
  ManyOf<KafkaRecord> records;
};
template <>
struct Storage<KafkaRecord> : KafkaStorage {
  using KafkaStorage::KafkaStorage;
};

/// The fault of one record; the place is relative to that record.
struct RecordFault {
  std::string what_was_wrong;
  std::string path;
  std::string advice{};  ///< left out where the error can say which event this is
};

/// An event that is refused: an `EventError` before it says which event this is.
struct Refusal {
  std::string what_was_wrong;
  std::string advice;  ///< left out where the error can say which event this is
  std::optional<std::size_t> record_index;
  std::string json_pointer;
};

/// The text of an error.
inline std::string with_advice(const std::string& what_was_wrong, const std::string& advice) {
  return advice.empty() ? what_was_wrong : what_was_wrong + "; " + advice;
}

/// The error for the user, which says which event the payload is if that is known. `of_kafka`: the processor
/// of Kafka refused it, not one of a queue or stream.
EventError error_of(const Refusal& refusal, std::string_view payload, bool of_kafka);

/// The string without its escapes; nothing when the value is missing or not a valid string.
std::optional<std::string_view> try_string(const EventText& text, Slice slice);

/// Throws `Malformed` when text follows the event.
void check_end(const Cursor& cursor);

/// Makes room for a batch of records of about the first one's size, with one allocation. To be called when
/// there is one record.
template <class Fields>
[[gnu::always_inline]] inline void reserve_for_batch(ManyOf<Fields>& all, std::size_t first_record_bytes,
                                                     std::size_t payload_bytes) {
  constexpr std::size_t largest_aws_batch = 10'000;
  // A sixteenth more: where the first record is a little larger than the others, the last ones would not fit,
  // and all fields would be copied.
  if (all.size() == 1)
    all.reserve(std::min(largest_aws_batch, payload_bytes / first_record_bytes * 17 / 16 + 1));
}

/// Adds the record at the cursor, and calls `read` to fill in its fields. A fault becomes a `Refusal`
/// with the record's place.
template <class Fields, class PlaceOf, class Read>
[[gnu::always_inline]] inline Fields& add_record(ManyOf<Fields>& all, EventText& text, const Cursor& cursor,
                                                 PlaceOf&& place_of, Read&& read) {
  static constexpr Fields none{};
  Fields& fields = all.emplace_back(none);  // copied, since g++ would write the zeros by a slow instruction
  fields.record_index = static_cast<std::uint32_t>(all.size() - 1);
  try {
    if (cursor.peek() != '{') throw RecordFault{"not an object", ""};
    [[maybe_unused]] const auto begin = static_cast<std::uint32_t>(cursor.offset());
    read(fields);
    if constexpr (requires { fields.json; }) fields.json = {begin, cursor.end_of_nested() - begin};
    if constexpr (requires { Fields::lazy_field; })
      fields.lazy_place = text.add_place(fields[Fields::lazy_field]);
  } catch (const RecordFault& fault) {
    Place place = place_of(fields);
    place.path = fault.path;
    throw Refusal{fault.what_was_wrong, fault.advice, fields.record_index, place.json_pointer()};
  } catch (const Malformed& malformed) {
    throw Refusal{malformed.what(), "", fields.record_index, place_of(fields).json_pointer()};
  }
  return fields;
}

/// For a window in the event of a queue or of Kafka ("Using AWS Lambda for streaming analytics").
inline constexpr const char* window_elsewhere =
    "the event of a tumbling window, but Lambda has windows for Kinesis and DynamoDB Streams alone";

/// Reads the event at the cursor.
void read_event(Cursor& cursor, Storage<KafkaRecord>& storage);

}  // namespace batchproof::inline v0_1::detail
