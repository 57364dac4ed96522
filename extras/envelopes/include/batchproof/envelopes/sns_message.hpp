#pragma once

// Messages of an SNS topic in the bodies of SQS messages:
//
//   auto handler = bp::sns_message([](const bp::SnsMessage& message) { handle(message.message()); });

#include <batchproof/detail/export.hpp>
#include <batchproof/envelopes/envelope_handler.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// A message of an SNS topic in the body of an SQS message (Amazon SNS developer guide, "Fanout to Amazon SQS
/// queues"). With raw message delivery the body is the message: then it has only `message()`. It owns its
/// texts.
class SnsMessage {
 public:
  struct Attribute {
    std::string name;
    std::string type;   ///< "String", "Binary", "Number", "String.Array"
    std::string value;  ///< as SNS writes it
  };

  std::string_view message() const noexcept { return message_; }
  bool is_raw() const noexcept { return !topic_arn_; }

  std::optional<std::string_view> topic_arn() const { return topic_arn_; }
  std::optional<std::string_view> message_id() const { return message_id_; }
  std::optional<std::string_view> subject() const { return subject_; }
  std::optional<std::string_view> timestamp() const { return timestamp_; }              ///< ISO 8601
  std::optional<std::string_view> sequence_number() const { return sequence_number_; }  ///< of FIFO topics
  const std::vector<Attribute>& attributes() const noexcept { return attributes_; }

 private:
  friend SnsMessage read_sns_message(std::string_view text);

  std::string message_;
  std::optional<std::string> topic_arn_;
  std::optional<std::string> message_id_;
  std::optional<std::string> subject_;
  std::optional<std::string> timestamp_;
  std::optional<std::string> sequence_number_;
  std::vector<Attribute> attributes_;
};

/// Reads the envelope; a text without an envelope is a raw message. Throws nothing but `std::bad_alloc`.
BATCHPROOF_EXPORT SnsMessage read_sns_message(std::string_view text);

inline detail::InnerPayload inner_payload(const SnsMessage& message) {
  return {"Message", message.message()};
}

namespace detail {

struct SnsMessages {
  using Inner = SnsMessage;
  template <HasEnvelope Record>
  static std::vector<SnsMessage> open(const Record& record) {
    return {read_sns_message(envelope_of(record).text)};
  }
  static std::string place(std::size_t) { return "the SNS message"; }
};

}  // namespace detail

/// A handler of SQS messages, made of a handler of the SNS messages in their bodies.
template <class Handler>
auto sns_message(Handler&& handler) {
  return detail::handle_envelopes<detail::SnsMessages>(std::forward<Handler>(handler));
}

}  // namespace batchproof::inline v0_1
