// Translates the functions of a serverless.yml into those of SAM, so that the rules need only one format.

#include "read/serverless_functions.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "read/serverless_names.hpp"
#include "read/serverless_parts.hpp"
#include "read/serverless_variables.hpp"

namespace batchproof::lint {
namespace {

constexpr const char* default_timeout = "6";

struct ServerlessSetting {
  std::string_view serverless;
  std::string_view sam;
};

constexpr std::array event_settings{
    ServerlessSetting{"batchSize", "BatchSize"},
    ServerlessSetting{"batchWindow", "MaximumBatchingWindowInSeconds"},
    ServerlessSetting{"maximumBatchingWindow", "MaximumBatchingWindowInSeconds"},
    ServerlessSetting{"enabled", "Enabled"},
    ServerlessSetting{"startingPosition", "StartingPosition"},
    ServerlessSetting{"startingPositionTimestamp", "StartingPositionTimestamp"},
    ServerlessSetting{"maximumRetryAttempts", "MaximumRetryAttempts"},
    ServerlessSetting{"maximumRecordAgeInSeconds", "MaximumRecordAgeInSeconds"},
    ServerlessSetting{"bisectBatchOnFunctionError", "BisectBatchOnFunctionError"},
    ServerlessSetting{"parallelizationFactor", "ParallelizationFactor"},
    ServerlessSetting{"tumblingWindowInSeconds", "TumblingWindowInSeconds"},
};

/// True when an ARN, as `Fn::GetAtt`, `Fn::Sub` or a text, names a table's stream.
bool names_dynamodb(const Node& arn) {
  if (arn.text.find(":dynamodb:") != std::string::npos || arn.text == "StreamArn" ||
      arn.text.ends_with(".StreamArn"))
    return true;
  return std::any_of(arn.items.begin(), arn.items.end(), names_dynamodb) ||
         std::any_of(arn.entries.begin(), arn.entries.end(),
                     [](const Node::Entry& entry) { return names_dynamodb(entry.value); });
}

void copy(const Node& from, std::string_view key, Node& to, std::string_view property) {
  if (const Node::Entry* const entry = from.entry(key)) to.set(property, entry->value, entry->place);
}

void add_unread_event(Node& events, const Node& variable, Place place) {
  add_note(events, "an event " + origin_of(variable) + " is not read", place);
}

/// serverless starts a stream or a topic at its oldest record, and reads batches of 10 of a stream, unless
/// a property says otherwise.
void add_stream_settings(const Node& written, Node& properties, bool is_kafka) {
  if (properties.find("StartingPosition") == nullptr)
    properties["StartingPosition"] = Node::scalar("TRIM_HORIZON", written.place);
  if (is_kafka) return;
  if (properties.find("BatchSize") == nullptr) properties["BatchSize"] = Node::scalar("10", written.place);
  const Node* const destinations = written.find("destinations");
  if (destinations != nullptr && is_variable(*destinations)) properties["DestinationConfig"] = *destinations;
  const Node* const destination = written.find({"destinations", "onFailure"});
  if (destination == nullptr) return;
  const Node* const arn = destination->find("arn");
  properties["DestinationConfig"]["OnFailure"]["Destination"] = arn == nullptr ? *destination : *arn;
}

bool is_kafka(std::string_view key) { return key == "msk" || key == "kafka"; }

/// An event may be its ARN alone.
const Node& arn_of(const Node& written) {
  const Node* const arn = written.kind == Node::Kind::map ? written.find("arn") : nullptr;
  return arn == nullptr ? written : *arn;
}

/// The type that SAM gives an event; null for one whose records come in no batch.
const char* type_of(std::string_view key, const Node& written, const Node& arn) {
  if (key == "sqs") return "SQS";
  if (key == "msk") return "MSK";
  if (key == "kafka") return "SelfManagedKafka";
  if (key != "stream") return nullptr;
  const Node* const type = written.find("type");
  const bool is_table = type == nullptr ? names_dynamodb(arn) : type->text == "dynamodb";
  return is_table ? "DynamoDB" : "Kinesis";
}

Node properties_of(const Node::Entry& event, const Node& arn) {
  const Node& written = event.value;
  Node properties = Node::map({}, event.place);
  if (event.key == "kafka") {
    copy(written, "bootstrapServers", properties, "KafkaBootstrapServers");
  } else {
    const bool is_written =
        &arn != &written || written.kind == Node::Kind::scalar || written.find("batchSize") == nullptr;
    properties.set(event.key == "sqs" ? "Queue" : "Stream", arn, is_written ? arn.place : properties.place);
  }
  for (const ServerlessSetting& setting : event_settings)
    copy(written, setting.serverless, properties, setting.sam);
  if (event.key != "sqs") add_stream_settings(written, properties, is_kafka(event.key));
  copy(written, "maximumConcurrency", properties["ScalingConfig"], "MaximumConcurrency");
  if (const Node* const pollers = written.find("provisionedPollers")) {
    if (is_variable(*pollers)) properties["ProvisionedPollerConfig"] = *pollers;
    copy(*pollers, "min", properties["ProvisionedPollerConfig"], "MinimumPollers");
    copy(*pollers, "max", properties["ProvisionedPollerConfig"], "MaximumPollers");
  }
  if (const Node::Entry* const types = written.entry("functionResponseType"))
    properties.set("FunctionResponseTypes", Node::list({types->value}, types->value.place), types->place);
  if (const Node* const patterns = written.find("filterPatterns"))
    properties["FilterCriteria"]["Filters"] = *patterns;
  return properties;
}

class Translation {
 public:
  explicit Translation(const Node& timeout_of_provider) : provider_timeout_(timeout_of_provider) {}

  void add_functions(const Node& functions) {
    for (const Node& part : functions.items) add_functions(part);
    if (is_variable(functions)) return add_unread(made_.resources, "functions", functions, functions.place);
    for (const Node::Entry& entry : functions.entries) {
      const std::string name = logical_name(entry.key);
      merge(made_.resources, {name + "LambdaFunction", entry.place, function(name, entry.value)});
    }
  }

  ServerlessFunctions take() { return std::move(made_); }

 private:
  Node function(const std::string& name, const Node& function) {
    Node made = Node::map({}, function.place);
    made["Type"] = Node::scalar("AWS::Serverless::Function", function.place);
    Node& properties = made["Properties"];
    if (is_variable(function)) {
      properties = function;
      return made;
    }
    properties.kind = Node::Kind::map;
    const Node* const timeout = function.find("timeout");
    properties["Timeout"] = timeout != nullptr ? *timeout
                            : provider_timeout_.kind == Node::Kind::nothing
                                ? Node::scalar(default_timeout, function.place)
                                : provider_timeout_;
    copy(function, "reservedConcurrency", properties, "ReservedConcurrentExecutions");
    copy(function, "name", properties, "FunctionName");
    copy(function, "onError", properties, "DeadLetterConfig");
    const Node* const events = function.find("events");
    if (events == nullptr) return made;
    Node& list = properties["Events"];
    if (is_variable(*events)) {
      list = *events;
      return made;
    }
    list.kind = Node::Kind::map;
    for (const Node& event : events->items) add_event(name, list, event);
    return made;
  }

  void add_event(const std::string& function, Node& events, const Node& event) {
    if (event.entries.empty()) return;
    if (is_variable(event)) return add_unread_event(events, event, event.place);
    const Node::Entry& entry = event.entries.front();
    const Node& written = entry.value;
    const Node& arn = arn_of(written);
    const char* const type = type_of(entry.key, written, arn);
    if (type == nullptr) return;
    if (is_variable(written) && may_give_a_map(written))
      return add_unread_event(events, written, entry.place);

    Node made = Node::map({}, entry.place);
    made["Type"] = Node::scalar(type, entry.place);
    made["Properties"] = properties_of(entry, arn);
    const std::string name = entry.key + std::to_string(events.entries.size() + 1);
    events.set(name, std::move(made), entry.place);
    const std::string mapping = mapping_name(function, type, arn, written.text_of("topic"));
    if (is_kafka(entry.key)) add_extension(entry.place, mapping);
    made_.events.push_back({mapping, function + "LambdaFunction", name});
  }

  /// Several functions may have the same events, by a variable or an alias.
  void add_extension(Place event, const std::string& mapping) {
    const auto path_of = [](const std::string& name) {
      return "resources.extensions." + name + ".Properties";
    };
    const std::string unknown = path_of("NAME_OF_THE_MAPPING");
    const std::string path = mapping.empty() ? unknown : path_of(mapping);
    const auto [known, is_new] = made_.extensions.try_emplace(event, path);
    if (!is_new && known->second != path) known->second = unknown;
  }

  const Node& provider_timeout_;
  ServerlessFunctions made_{};
};

}  // namespace

ServerlessFunctions functions_of_serverless(const Node& functions, const Node& timeout_of_provider) {
  Translation translation(timeout_of_provider);
  translation.add_functions(functions);
  return translation.take();
}

}  // namespace batchproof::lint
