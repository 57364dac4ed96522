#pragma once

// The data behind the handles of records. Not part of the public interface.

#include <cstdint>
#include <string>
#include <string_view>

namespace batchproof::detail {

class EventText;
struct RecordText;  // reads the payload behind a record

/// The raw JSON text of one value: where it begins in the payload and how long it is. Size 0: it was not
/// there.
struct Slice {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

/// The facts that every record has, of any source; its fields follow.
struct RecordHead {
  std::string_view item_identifier;
  std::uint32_t record_index = 0;
  mutable std::uint32_t lazy_state = 0;  ///< of the one field that is a LazyText
  std::uint32_t lazy_place = 0;          ///< the same: behind those of all records before it
  std::uint32_t place_number = 0;        ///< the first part of each `Place` in the record, but for Kafka's
};

/// The field of a record that holds its payload: `name`, as errors call it, and `text(record)`, which throws
/// `RecordError` where it cannot be read. Beside the type of each record whose payload is a text or bytes.
template <class Record>
struct PayloadField;

template <class Record>
concept HasPayloadField = requires {
  PayloadField<Record>::name;
};

/// The place of a value in the payload; becomes a JSON pointer only when something is wrong.
struct Place {
  /// Added to `record_index` where the event is an array of records, as EventBridge Pipes passes it.
  static constexpr std::uint32_t in_array = std::uint32_t{1} << 31U;

  std::uint32_t record_index = 0;  ///< in its list
  std::string_view path;           ///< such as "kinesis/data"; lives as long as the program or the event
  std::string_view list{};         ///< the name of a list in Kafka's `records`; without data: `Records`

  std::string json_pointer() const;
};

}  // namespace batchproof::detail
