#pragma once

// The data that the classes of records are views of. Not part of the public interface.
//
//     const std::optional<std::string_view> text = PayloadField<Record>::text(record);
//     throw RecordError(what_was_wrong, place.json_pointer());

#include <cstdint>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

class EventText;
struct RecordText;  // reads the payload behind a record

/// The raw JSON text of one value: where it begins in the payload, and its size. Size 0: the value is
/// missing.
struct Slice {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

/// The fields that records of every source have. Each source adds its own.
struct RecordHead {
  std::string_view item_identifier;
  std::uint32_t record_index = 0;
  mutable std::uint32_t lazy_state = 0;  ///< of the one field that is a LazyText
  std::uint32_t lazy_place = 0;          ///< of the same field, in the buffer of decoded texts
  std::uint32_t place_number = 0;        ///< the first part of each `Place` in the record, but for Kafka's
};

/// The field of a record that holds its payload: `name`, as errors call it, and `text(record)`, which throws
/// `RecordError` when it cannot be read. Specialised beside each record type whose payload is text or bytes.
template <class Record>
struct PayloadField;

template <class Record>
concept HasPayloadField = requires {
  PayloadField<Record>::name;
};

/// The place of a value in the payload. It becomes a JSON pointer only when an error needs it.
struct Place {
  /// Added to `number` when the event is an array of records, as EventBridge Pipes passes it.
  static constexpr std::uint32_t in_array = std::uint32_t{1} << 31U;

  /// Added to `number` of a change in the data of a Kinesis record: the pointer goes on inside the data.
  static constexpr std::uint32_t in_data = std::uint32_t{1} << 30U;

  std::uint32_t number = 0;  ///< of the record in its list
  std::string_view path;     ///< such as "kinesis/data"; lives as long as the program or the event
  std::string_view list{};   ///< the name of a list in Kafka's `records`; without data: `Records`

  std::string json_pointer() const;
};

}  // namespace batchproof::inline v0_1::detail
