#pragma once

// Events of EventBridge in the payloads of records:
//
//   auto handler = bp::eventbridge_event([](const bp::EventBridgeEvent& event) { handle(event.detail()); });

#include <batchproof/detail/export.hpp>
#include <batchproof/envelopes/envelope_handler.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// An event of EventBridge in the body of an SQS message, or in a record of a stream (Amazon EventBridge user
/// guide, "Event structure"). It owns its texts.
class EventBridgeEvent {
 public:
  std::string_view id() const noexcept { return id_; }
  std::string_view source() const noexcept { return source_; }            ///< such as "aws.s3"
  std::string_view detail_type() const noexcept { return detail_type_; }  ///< such as "Object Created"
  std::string_view account() const noexcept { return account_; }
  std::string_view region() const noexcept { return region_; }
  std::string_view time() const noexcept { return time_; }  ///< ISO 8601
  const std::vector<std::string>& resources() const noexcept { return resources_; }
  std::optional<std::string_view> replay_name() const { return replay_name_; }  ///< of an archive's replay

  /// JSON, as it stands in the event.
  std::string_view detail() const noexcept { return detail_; }

 private:
  friend EventBridgeEvent read_eventbridge_event(std::string_view name, std::string_view text);

  std::string id_;
  std::string source_;
  std::string detail_type_;
  std::string account_;
  std::string region_;
  std::string time_;
  std::vector<std::string> resources_;
  std::optional<std::string> replay_name_;
  std::string detail_;
};

/// Throws `InnerRecordError` for a text that is not such an event; `name` is the text's name, such as "body".
BATCHPROOF_EXPORT EventBridgeEvent read_eventbridge_event(std::string_view name, std::string_view text);

inline detail::InnerPayload inner_payload(const EventBridgeEvent& event) {
  return {"detail", event.detail()};
}

namespace detail {

struct EventBridgeEvents {
  using Inner = EventBridgeEvent;
  template <HasEnvelope Record>
  static std::vector<EventBridgeEvent> open(const Record& record) {
    const InnerPayload envelope = envelope_of(record);
    return {read_eventbridge_event(envelope.name, envelope.text)};
  }
  static std::string place(std::size_t) { return "the EventBridge event"; }
};

}  // namespace detail

/// A handler of SQS messages, made of a handler of the EventBridge events in their bodies. `typed<Order>`
/// reads the detail. A body that is not such an event fails its record.
template <class Handler>
auto eventbridge_event(Handler&& handler) {
  return detail::handle_envelopes<detail::EventBridgeEvents>(std::forward<Handler>(handler));
}

}  // namespace batchproof::inline v0_1
