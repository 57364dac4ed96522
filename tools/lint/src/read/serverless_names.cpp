#include "read/serverless_names.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace batchproof::lint {
namespace {

std::string with_first_letter_upper(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

/// What serverless makes of the name of a queue, stream, cluster or topic.
std::string letters_and_digits(std::string_view name) {
  std::string made;
  for (const char character : name) {
    const bool is_letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    if (is_letter || (character >= '0' && character <= '9')) made += character;
  }
  return with_first_letter_upper(std::move(made));
}

/// The part of an ARN that names the event source in the name of its mapping; empty if it is not known.
/// A queue stands after the last colon, a stream or cluster after the first slash.
std::string name_in_arn(const Node& arn, bool is_queue) {
  if (const Node* const attribute = arn.find("Fn::GetAtt")) {
    const std::string& text = attribute->items.empty() ? attribute->text : attribute->items.front().text;
    return text.substr(0, text.find('.'));
  }
  for (const char* const function : {"Fn::ImportValue", "Ref"}) {
    if (const Node* const name = arn.find(function)) return name->text;
  }
  std::string text = arn.text;
  if (const Node* const written = arn.find("Fn::Sub")) text = written->text;
  if (const Node* const joined = arn.find("Fn::Join"); joined != nullptr && joined->items.size() == 2) {
    const std::vector<Node>& parts = joined->items[1].items;
    text = parts.empty() ? "" : parts.back().text;
    return text.substr(text.rfind('/') + 1);
  }
  if (is_queue) {
    text = text.substr(text.rfind(':') + 1);
  } else {
    text = text.substr(std::min(text.find('/'), text.size() - 1) + 1);
    text = text.substr(0, text.find('/'));
  }
  return text.find_first_of("${}") == std::string::npos ? text : "";
}

}  // namespace

std::string logical_name(std::string_view function) {
  std::string made;
  for (const char character : function) {
    if (character == '-') {
      made += "Dash";
    } else if (character == '_') {
      made += "Underscore";
    } else {
      made += character;
    }
  }
  return with_first_letter_upper(std::move(made));
}

std::string mapping_name(const std::string& function, std::string_view type, const Node& arn,
                         std::string_view topic) {
  constexpr std::size_t longest_topic = 158;
  constexpr std::size_t longest_half = longest_topic / 2;
  const std::string made = function + "EventSourceMapping";
  const bool is_msk = type == "MSK";
  const bool is_kafka = is_msk || type == "SelfManagedKafka";
  if (is_kafka && topic.empty()) return "";
  if (is_kafka && !is_msk) return made + "Kafka" + letters_and_digits(topic).substr(0, longest_topic);
  const std::string source = letters_and_digits(name_in_arn(arn, type == "SQS"));
  if (source.empty()) return "";
  if (is_msk)
    return made + "MSK" + source.substr(0, longest_half) + letters_and_digits(topic).substr(0, longest_half);
  return made + (type == "DynamoDB" ? "Dynamodb" : std::string(type)) + source;
}

}  // namespace batchproof::lint
