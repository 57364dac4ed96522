#pragma once

// Messages of SQS, and their attributes:
//
//   void handle(const bp::SqsRecord& record) { store(record.message_id(), record.body()); }

#include <array>
#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_head.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

class SqsRecord;

namespace detail {
struct SqsFields;

/// The message group that the order of the record depends on; without data when it is missing or not a
/// string.
std::string_view order_group(const SqsRecord& record) noexcept;
}  // namespace detail

/// The system attributes of a message (SQS API reference, "Message", `Attributes`). Every one is optional,
/// since the whole map may be null. A view: it lives as long as its `Event`; const access from several
/// threads is safe. An attribute of the wrong shape throws `RecordError`.
class BATCHPROOF_EXPORT SqsAttributes {
 public:
  std::optional<std::uint64_t> approximate_receive_count() const;
  std::optional<std::chrono::system_clock::time_point> sent_timestamp() const;
  std::optional<std::chrono::system_clock::time_point> approximate_first_receive_timestamp() const;
  std::optional<std::string_view> sender_id() const;
  std::optional<std::string_view> sequence_number() const;  ///< FIFO queues
  /// FIFO queues: the message group. Standard queues: the tenant of a fair queue, which promises no order.
  std::optional<std::string_view> message_group_id() const;
  std::optional<std::string_view> message_deduplication_id() const;  ///< FIFO queues
  std::optional<std::string_view> aws_trace_header() const;
  std::optional<std::string_view> dead_letter_queue_source_arn() const;

  /// Any attribute by the name that AWS gives it, such as "SenderId".
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  friend class SqsRecord;
  BATCHPROOF_NO_EXPORT SqsAttributes(const detail::EventText& text, detail::Slice attributes,
                                     std::uint32_t place_number);

  BATCHPROOF_NO_EXPORT std::optional<std::string_view> known(std::size_t index) const;

  const detail::EventText* text_;
  detail::Slice all_;
  std::array<detail::Slice, 9> known_{};
  std::uint32_t place_number_;
};

/// One attribute that the sender attached to a message (SQS developer guide, "Amazon SQS message
/// attributes"). A view: it lives as long as its `Event`.
class BATCHPROOF_EXPORT SqsMessageAttribute {
 public:
  std::string_view name() const noexcept { return name_; }

  /// "String", "Number" or "Binary", with the sender's own label after a dot if there is one
  /// ("Number.int").
  std::string_view data_type() const;

  /// Nothing for a binary attribute.
  std::optional<std::string_view> string_value() const;

  /// The bytes, out of base64; nothing for an attribute that is not binary. Throws `RecordError` for bad
  /// base64.
  std::optional<std::string_view> binary_value() const;

 private:
  friend class SqsRecord;
  const detail::EventText* text_ = nullptr;
  std::string_view name_;
  detail::Slice data_type_;
  detail::Slice string_value_;
  detail::Slice binary_value_;
  std::uint32_t place_number_ = 0;
};

/// One message of an SQS event (AWS Lambda developer guide, "Using Lambda with Amazon SQS", example event).
///
/// A small view, cheap to copy; it and all text that it returns live as long as their `Event`. Const access
/// from several threads is safe. A field that AWS always sends throws `RecordError` when it is missing or of
/// another type; one that AWS may leave out is optional. Fields other than the identifier are read only when
/// they are asked for.
class BATCHPROOF_EXPORT SqsRecord {
 public:
  std::string_view message_id() const noexcept { return fields_->item_identifier; }
  std::string_view receipt_handle() const;
  std::string_view body() const;
  SqsAttributes attributes() const;
  std::vector<SqsMessageAttribute> message_attributes() const;
  std::optional<SqsMessageAttribute> message_attribute(std::string_view name) const;
  std::string_view md5_of_body() const;
  std::optional<std::string_view> md5_of_message_attributes() const;
  std::string_view event_source() const noexcept { return "aws:sqs"; }
  std::string_view event_source_arn() const;
  std::string_view aws_region() const;

  /// `attributes().message_group_id()`, but found when the event was decoded.
  std::optional<std::string_view> message_group_id() const;

  /// True when the queue's ARN ends in ".fifo"; a group id alone does not make a FIFO queue.
  bool from_fifo_queue() const noexcept;

  /// The identifier that reports a failure of this record: the message id.
  std::string_view item_identifier() const noexcept { return message_id(); }

  /// Position in `Records`.
  std::size_t index() const noexcept { return fields_->record_index; }

  using Fields = detail::SqsFields;

  /// For `decode`: `fields` is a `Fields`.
  SqsRecord(const detail::EventText& text, const detail::RecordHead& fields) noexcept
      : text_(&text), fields_(&fields) {}

 private:
  friend struct detail::RecordText;
  friend std::string_view detail::order_group(const SqsRecord& record) noexcept;
  const Fields& fields() const noexcept;

  const detail::EventText* text_;
  const detail::RecordHead* fields_;  // the first part of its Fields
};

template <>
struct detail::PayloadField<SqsRecord> {
  static constexpr std::string_view name = "body";
  static std::string_view text(const SqsRecord& record) { return record.body(); }
};

}  // namespace batchproof::inline v0_1
