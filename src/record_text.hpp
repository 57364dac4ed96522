#pragma once

// The text behind a record: the event's payload, and the record's place in it.

#include <batchproof/detail/record_head.hpp>
#include <string>
#include <string_view>

namespace batchproof::detail {

struct RecordText {
  template <class Record>
  static std::string_view payload(const Record& record) noexcept {
    return record.text_->payload();
  }

  /// The JSON pointer of a field; not for Kafka.
  template <class Record>
  static std::string pointer(const Record& record, std::string_view path) {
    return Place{record.fields_->place_number, path}.json_pointer();
  }
};

}  // namespace batchproof::detail
