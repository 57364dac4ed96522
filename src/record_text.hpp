#pragma once

// The text behind a record: its JSON, and its place in the event.

#include <batchproof/detail/record_head.hpp>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

struct RecordText {
  /// The record's JSON as it stands in the event; not for SQS.
  template <class Record>
  static std::string_view json(const Record& record) noexcept {
    return record.text_->raw(static_cast<const typename Record::Fields&>(*record.fields_).json);
  }

  /// The JSON pointer of a field; not for Kafka.
  template <class Record>
  static std::string pointer(const Record& record, std::string_view path) {
    return Place{record.fields_->place_number, path}.json_pointer();
  }
};

}  // namespace batchproof::inline v0_1::detail
