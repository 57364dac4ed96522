#pragma once

// The text behind a record: its JSON, and its place in the event.

#include <algorithm>
#include <batchproof/detail/record_head.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "event_text.hpp"

namespace batchproof::inline v0_1::detail {

struct RecordText {
  /// The record's JSON as it stands in the event; not for SQS.
  template <class Record>
  static std::string_view json(const Record& record) noexcept {
    return record.text_->raw(static_cast<const typename Record::Fields&>(*record.fields_).json);
  }

  /// The size of the whole event.
  template <class Record>
  static std::size_t event_bytes(const Record& record) noexcept {
    return record.text_->size();
  }

  /// Asks the processor to load the beginning of the payload into its caches, for a record that is handled
  /// soon.
  template <class Record>
  static void prefetch_payload(const Record& record) noexcept {
    using Fields = typename Record::Fields;
    if constexpr (requires { Fields::lazy_field; }) {
      constexpr std::size_t cache_line = 64;
      constexpr std::size_t most = 512;  // from there on the processor sees by itself what comes next
      const auto raw = record.text_->raw(static_cast<const Fields&>(*record.fields_)[Fields::lazy_field]);
      for (std::size_t at = 0; at < std::min(raw.size(), most); at += cache_line)
        __builtin_prefetch(raw.data() + at);
    }
  }

  /// The first part of each place in the record; not for Kafka.
  template <class Record>
  static std::uint32_t place_number(const Record& record) noexcept {
    return record.fields_->place_number;
  }

  /// The JSON pointer of a field; not for Kafka.
  template <class Record>
  static std::string pointer(const Record& record, std::string_view path) {
    return Place{record.fields_->place_number, path}.json_pointer();
  }
};

}  // namespace batchproof::inline v0_1::detail
