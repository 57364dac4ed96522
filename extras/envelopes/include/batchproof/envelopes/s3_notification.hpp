#pragma once

// Notifications of S3 in the payloads of records:
//
//   auto handler = bp::s3_notification([](const bp::S3Notification& object) { load(object.key()); });

#include <batchproof/detail/export.hpp>
#include <batchproof/envelopes/envelope_handler.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// An event of an object of an S3 bucket (Amazon S3 user guide, "Event message structure"). It owns its
/// texts. Notifications of one object may come twice, and out of order.
class S3Notification {
 public:
  std::string_view event_name() const noexcept { return event_name_; }  ///< such as "ObjectCreated:Put"
  std::string_view event_time() const noexcept { return event_time_; }  ///< ISO 8601
  std::string_view aws_region() const noexcept { return aws_region_; }
  std::string_view bucket() const noexcept { return bucket_; }

  /// The name of the object. S3 encodes it like a form, "+" for a space; here it is decoded.
  std::string_view key() const noexcept { return key_; }

  std::optional<std::uint64_t> size_bytes() const noexcept { return size_bytes_; }  ///< of a new object
  std::optional<std::string_view> e_tag() const { return e_tag_; }                  ///< the same
  std::optional<std::string_view> version_id() const { return version_id_; }  ///< of a bucket with versioning

  /// Orders the notifications of one key: pad the shorter of two with zeros on the right; the later one is
  /// the greater text.
  std::optional<std::string_view> sequencer() const { return sequencer_; }

 private:
  friend std::vector<S3Notification> read_s3_notifications(std::string_view name, std::string_view text);

  std::string event_name_;
  std::string event_time_;
  std::string aws_region_;
  std::string bucket_;
  std::string key_;
  std::optional<std::uint64_t> size_bytes_;
  std::optional<std::string> e_tag_;
  std::optional<std::string> version_id_;
  std::optional<std::string> sequencer_;
};

/// All notifications of a message, in order; none for the test event that S3 sends when notifications are set
/// up. Throws `InnerRecordError` for any other text; `name` is the text's name, such as "body".
BATCHPROOF_EXPORT std::vector<S3Notification> read_s3_notifications(std::string_view name,
                                                                    std::string_view text);

namespace detail {

struct S3Notifications {
  using Inner = S3Notification;
  template <HasEnvelope Record>
  static std::vector<S3Notification> open(const Record& record) {
    const InnerPayload envelope = envelope_of(record);
    return read_s3_notifications(envelope.name, envelope.text);
  }
  static std::string place(std::size_t index) { return "S3 record " + std::to_string(index); }
};

}  // namespace detail

/// A handler of SQS messages, made of a handler of the S3 notifications in their bodies. The test event of S3
/// succeeds without a call; any other body fails its record.
template <class Handler>
auto s3_notification(Handler&& handler) {
  return detail::handle_envelopes<detail::S3Notifications>(std::forward<Handler>(handler));
}

}  // namespace batchproof::inline v0_1
