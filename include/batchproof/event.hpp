#pragma once

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_types.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::inline v0_1 {

/// A decoded batch. It owns the payload that its records are views of: copies share it, and it must outlive
/// every record, text and `ProcessedBatch` that was made of it. Const access from several threads is safe.
template <class Record>
class Event {
 public:
  std::span<const Record> records() const& noexcept { return records_; }
  std::span<const Record> records() && = delete;  // batchproof: keep the event in a variable

  std::size_t size() const noexcept { return records_.size(); }
  bool empty() const noexcept { return records_.empty(); }

  /// For `decode`: the records, and what keeps them alive.
  Event(std::shared_ptr<const void> storage, std::span<const Record> records) noexcept
      : storage_(std::move(storage)), records_(records) {}

 private:
  std::shared_ptr<const void> storage_;
  std::span<const Record> records_;
};

/// Reads a Lambda event of the record's source, such as `decode<SqsRecord>(payload)`. The payload is parsed
/// once, and only identifiers and sources are checked: a wrong number, literal or escape in a field that no
/// code reads goes unnoticed. Escapes in names are undone before names are compared. An empty batch is valid.
///
/// Throws `EventError`, with the place, when the payload is not one JSON object with a `Records` array
/// (Kafka: a `records` object), a record has no usable identifier, or the event is another source's or a
/// tumbling window's. Any thread may call it.
///
/// The `std::string&&` overload takes over the caller's buffer in place of copying it.
template <class Record>
BATCHPROOF_EXPORT Event<Record> decode(std::string&& payload);

template <class Record>
Event<Record> decode(std::string_view payload) {
  return decode<Record>(std::string(payload));
}

template <class Record>
Event<Record> decode(const char* payload) {
  return decode<Record>(std::string_view(payload));
}

namespace detail {

/// `decode` without a copy: the payload must outlive the event.
template <class Record>
BATCHPROOF_EXPORT Event<Record> borrow(std::string_view payload);

}  // namespace detail

#define BATCHPROOF_DECLARE(Record)                                \
  extern template Event<Record> decode(std::string&& payload);    \
  namespace detail {                                              \
  extern template Event<Record> borrow(std::string_view payload); \
  }
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

}  // namespace batchproof::inline v0_1
