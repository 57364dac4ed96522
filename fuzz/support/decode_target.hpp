#pragma once

// The shared parts of the targets that decode the events of one source.

#include <batchproof/batch.hpp>
#include <batchproof/detail/utf8.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "accessors.hpp"
#include "check.hpp"

namespace batchproof::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void require_useful(const EventError& error) {
  require(detail::is_utf8(error.what()), "the text of an EventError is UTF-8");
  const bool is_in_records = error.json_pointer().starts_with("/Records/");  // else in a list of Kafka
  const std::string outer = error.record_index() && is_in_records
                                ? "/Records/" + std::to_string(*error.record_index())
                                : std::string();
  require(is_json_pointer_within(error.json_pointer(), outer), "an EventError has a place",
          error.json_pointer());
}

/// Decodes the event in place, so that a read beyond its end is detected, and calls every accessor of the
/// first records. Only the first: an accessor that throws takes as long as decoding a hundred records, and a
/// fuzzer soon finds events whose accessors all throw. Two errors are allowed; any other exception ends the
/// process.
template <class Record>
void decode_and_read(std::string_view payload) {
  constexpr std::size_t records_read = 4;
  try {
    const auto event = detail::borrow<Record>(payload);
    Accessors accessors;
    for (const Record& record : event.records()) {
      require(record.index() == static_cast<std::size_t>(&record - event.records().data()),
              "a record knows its position");
      if (record.index() < records_read) accessors.read(record);
    }
    accessors.require_unchanged();
  } catch (const EventError& error) {
    require_useful(error);
  }
}

}  // namespace batchproof::fuzz
