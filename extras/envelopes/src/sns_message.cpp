#include <batchproof/envelopes/sns_message.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::inline v0_1 {
namespace {

std::optional<std::string> sns_text(const nlohmann::json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? std::optional(member->get<std::string>())
                                                       : std::nullopt;
}

/// The envelope, if the text is one: null for any other text.
nlohmann::json sns_envelope(std::string_view text) {
  nlohmann::json envelope = detail::tree_of(text);
  const bool is_envelope = envelope.is_object() && sns_text(envelope, "Type") == "Notification" &&
                           sns_text(envelope, "TopicArn") && sns_text(envelope, "Message");
  if (!is_envelope) return nullptr;
  return envelope;  // moved: a copy of a deep tree would overflow the stack
}

}  // namespace

SnsMessage read_sns_message(std::string_view text) {
  SnsMessage message;
  const nlohmann::json envelope = sns_envelope(text);
  if (envelope.is_null()) {
    message.message_ = text;
    return message;
  }
  message.message_ = *sns_text(envelope, "Message");
  message.topic_arn_ = sns_text(envelope, "TopicArn");
  message.message_id_ = sns_text(envelope, "MessageId");
  message.subject_ = sns_text(envelope, "Subject");
  message.timestamp_ = sns_text(envelope, "Timestamp");
  message.sequence_number_ = sns_text(envelope, "SequenceNumber");
  const auto attributes = envelope.find("MessageAttributes");
  if (attributes == envelope.end() || !attributes->is_object()) return message;
  for (const auto& [name, attribute] : attributes->items()) {
    if (!attribute.is_object()) continue;
    message.attributes_.push_back(
        {name, sns_text(attribute, "Type").value_or(""), sns_text(attribute, "Value").value_or("")});
  }
  return message;
}

}  // namespace batchproof::inline v0_1
