// Carries out the actions that processors ask of SQS, by its JSON protocol.

#include <array>
#include <batchproof/aws/queue_actions.hpp>
#include <batchproof/detail/base64.hpp>
#include <batchproof/errors.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "domain.hpp"

namespace batchproof::inline v0_1::aws {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t entries_of_a_call = 10;
constexpr std::size_t most_attributes = 10;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;

/// Replaces bytes that are not UTF-8 by U+FFFD.
std::string json_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// The URL of the queue with an ARN such as "arn:aws:sqs:REGION:ACCOUNT:NAME". Throws
/// `std::invalid_argument`.
std::string queue_url_of(std::string_view arn) {
  std::array<std::string_view, 6> parts;
  std::string_view rest = arn;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    const auto colon = index + 1 == parts.size() ? rest.size() : rest.find(':');
    if (colon == std::string_view::npos || rest.empty())
      throw std::invalid_argument("not the ARN of a queue: " + std::string(arn));
    parts[index] = rest.substr(0, colon);
    rest.remove_prefix(colon == rest.size() ? colon : colon + 1);
  }
  std::string url = "https://sqs.";
  return url.append(parts[3])
      .append(".")
      .append(domain_of(parts[3]))
      .append("/")
      .append(parts[4])
      .append("/")
      .append(parts[5]);
}

/// Characters that a message must not hold become spaces (SQS API reference, "SendMessage").
std::string message_text(std::string_view text) {
  std::string allowed(text);
  for (char& character : allowed) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 && character != '\t' && character != '\n' && character != '\r') character = ' ';
  }
  return allowed;
}

/// The sender's attributes and the reason, with their size.
class MessageAttributes {
 public:
  void add_text(std::string_view name, std::string_view type, std::string_view text) {
    add(name, type, "StringValue", std::string(text), text.size());
  }

  void add_bytes(std::string_view name, std::string_view type, std::string_view bytes) {
    add(name, type, "BinaryValue", detail::encode_base64(bytes), bytes.size());
  }

  std::size_t bytes() const noexcept { return bytes_; }
  const Json& json() const noexcept { return json_; }

 private:
  void add(std::string_view name, std::string_view type, const char* field, std::string value,
           std::size_t size) {
    json_[std::string(name)] = {{"DataType", std::string(type)}, {field, std::move(value)}};
    bytes_ += name.size() + type.size() + size;
  }

  Json json_ = Json::object();
  std::size_t bytes_ = 0;
};

MessageAttributes attributes_of(const DeadLetterMessage& message) {
  MessageAttributes attributes;
  for (const SqsMessageAttribute& attribute : message.attributes) {
    if (attribute.name() == dead_letter_reason) continue;
    if (const auto text = attribute.string_value()) {
      attributes.add_text(attribute.name(), attribute.data_type(), *text);
    } else if (const auto bytes = attribute.binary_value()) {
      attributes.add_bytes(attribute.name(), attribute.data_type(), *bytes);
    }
  }
  attributes.add_text(dead_letter_reason, "String", message_text(message.reason));
  return attributes;
}

void check_limits(const DeadLetterMessage& message, const MessageAttributes& attributes) {
  if (attributes.json().size() > most_attributes) {
    throw std::length_error("the message has " + std::to_string(attributes.json().size() - 1) +
                            " attributes, and its reason would be one more; AWS allows ten");
  }
  const std::size_t bytes = message.body.size() + attributes.bytes();
  if (bytes > most_bytes) {
    throw std::length_error("the message has " + std::to_string(bytes) +
                            " bytes with its attributes and its reason; AWS allows 1 MiB");
  }
}

/// The same for each delivery of a record, and another for any other record: the identifier of a stream's
/// record does not name its stream or cluster, and Kafka's may be longer than the 128 characters that SQS
/// allows.
std::string deduplication_id(const DeadLetterMessage& message) {
  constexpr std::size_t shown = 100;
  const std::size_t hash = std::hash<std::string_view>{}(message.body);
  return std::to_string(hash) + '-' + std::string(message.item_identifier.substr(0, shown));
}

void send_dead_letter(const Client& sqs, const std::string& queue_url, const DeadLetterMessage& message) {
  const MessageAttributes attributes = attributes_of(message);
  check_limits(message, attributes);
  Json request{{"QueueUrl", queue_url},
               {"MessageBody", std::string(message.body)},
               {"MessageAttributes", attributes.json()}};
  if (queue_url.ends_with(".fifo")) {
    const std::string id = deduplication_id(message);
    request["MessageGroupId"] = std::string(message.message_group_id.value_or(id));
    request["MessageDeduplicationId"] = id;
  }
  const Json answer = Json::parse(sqs.call("SendMessage", json_of(request), message.time_limit));
  if (!answer.contains("MessageId")) throw CallError("SQS SendMessage failed: the answer has no MessageId");
}

/// Changes up to ten messages of one queue, and sets the errors of those that failed.
void change_some(const Client& sqs, const std::string& queue_url, std::span<VisibilityChange> changes,
                 std::optional<milliseconds> time_limit) {
  Json entries = Json::array();
  for (std::size_t index = 0; index < changes.size(); ++index) {
    entries.push_back({{"Id", std::to_string(index)},
                       {"ReceiptHandle", std::string(changes[index].record.receipt_handle())},
                       {"VisibilityTimeout", changes[index].delay.count()}});
    changes[index].error = "the answer does not name the message";
  }
  const Json answer = Json::parse(sqs.call(
      "ChangeMessageVisibilityBatch", json_of({{"QueueUrl", queue_url}, {"Entries", entries}}), time_limit));
  const auto each_of = [&](const char* list, const auto& visit) {
    if (!answer.contains(list)) return;
    for (const Json& entry : answer.at(list)) {
      const auto number = std::stoul(entry.at("Id").get<std::string>());
      if (number < changes.size()) visit(changes[number], entry);
    }
  };
  each_of("Successful", [](VisibilityChange& change, const Json&) { change.error.clear(); });
  each_of("Failed", [](VisibilityChange& change, const Json& entry) {
    change.error = entry.value("Code", "") + ": " + entry.value("Message", "");
  });
}

/// What the calls of an action may take together; asked before each of them.
class SharedTime {
 public:
  explicit SharedTime(std::optional<milliseconds> limit) : limit_(limit) {}

  std::optional<milliseconds> left() const {
    if (!limit_) return std::nullopt;
    return *limit_ - std::chrono::ceil<milliseconds>(steady_clock::now() - begin_);
  }

 private:
  std::optional<milliseconds> limit_;
  steady_clock::time_point begin_ = steady_clock::now();
};

/// The ARN of the message's queue; empty when the message has none that can be read.
std::string_view queue_of(const VisibilityChange& change) {
  try {
    return change.record.event_source_arn();
  } catch (const RecordError&) {
    return {};
  }
}

/// Messages of one queue are changed ten a call. `given_url` is empty where the messages name their queues.
void change_visibility(const Client& sqs, const std::string& given_url, std::span<VisibilityChange> changes) {
  const SharedTime time(changes.empty() ? std::nullopt : changes.front().time_limit);
  const auto set_errors = [](std::span<VisibilityChange> failed, const std::exception& error) {
    for (VisibilityChange& change : failed) change.error = error.what();
  };
  while (!changes.empty()) {
    const std::string_view queue = queue_of(changes.front());
    std::size_t count = 1;
    while (count < changes.size() && count < entries_of_a_call &&
           (!given_url.empty() || queue_of(changes[count]) == queue))
      ++count;
    const auto some = changes.first(count);
    std::string url = given_url;
    try {
      if (url.empty()) url = queue_url_of(queue);
    } catch (const std::invalid_argument& error) {
      set_errors(some, error);
      changes = changes.subspan(count);
      continue;
    }
    try {
      change_some(sqs, url, some, time.left());
    } catch (const std::exception& error) {  // further calls would most likely fail too, and time is short
      set_errors(changes, error);
      return;
    }
    changes = changes.subspan(count);
  }
}

}  // namespace

QueueActions queue_actions(QueueActionsOptions options) {
  const auto sqs = std::make_shared<const Client>(Service::sqs, std::move(options.client));
  QueueActions actions{.backoff = std::move(options.backoff)};
  actions.change_visibility = [sqs, url = std::move(options.queue_url)](std::span<VisibilityChange> changes) {
    change_visibility(*sqs, url, changes);
  };
  if (!options.dead_letter_queue_url.empty()) {
    actions.send_dead_letter =
        [sqs, url = std::move(options.dead_letter_queue_url)](const DeadLetterMessage& message) {
          send_dead_letter(*sqs, url, message);
        };
  }
  return actions;
}

}  // namespace batchproof::inline v0_1::aws
