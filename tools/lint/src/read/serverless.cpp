// Translates a `serverless.yml` into the terms of CloudFormation, so that the rules need only one format.
//
//     return ServerlessTranslation(root).translate();

#include "read/serverless.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/serverless_names.hpp"
#include "split.hpp"

namespace batchproof::lint {
namespace {

constexpr int most_lookups = 10;

/// Of all lookups together, since a map that is looked up may look up others.
constexpr std::size_t most_values_looked_up = 50'000;
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

/// The one variable that a text consists of, without its braces; empty when it is another text.
std::string_view only_variable(std::string_view text) {
  if (!text.starts_with("${") || text.find('}') != text.size() - 1) return {};
  return text.substr(2, text.size() - 3);
}

/// In values; a long text counts as several.
std::size_t size_of(const Node& node) {
  constexpr std::size_t usual_text = 100;
  std::size_t size = 1 + node.text.size() / usual_text;
  for (const Node& item : node.items) size += size_of(item);
  for (const Node::Entry& entry : node.entries) size += size_of(entry.value);
  return size;
}

/// True for a value that only serverless knows, such as `${file(functions.yml)}`.
bool is_variable(const Node& filled) {
  return filled.entries.size() == 1 && filled.entries[0].key == "Fn::Sub" &&
         filled.entries[0].value.kind == Node::Kind::scalar;
}

/// Where such a value comes from ("Serverless Framework: Variables"): "of another file".
std::string origin_of(const Node& variable) {
  const std::string& text = variable.entries[0].value.text;
  if (text.starts_with("${file(")) return "of another file";
  const std::string_view kind = text.starts_with("${opt:")   ? "the option "
                                : text.starts_with("${env:") ? "the environment variable "
                                                             : "the variable ";
  return std::string("that ").append(kind).append(text).append(" gives");
}

/// Resolves texts with variables, which serverless replaces. Like `Fn::Sub`, they are partly unknown.
class Variables {
 public:
  explicit Variables(const Node& root) : root_(root) {}

  Node filled(const Node& node, int lookups = most_lookups) const {
    if (node.kind == Node::Kind::scalar) return filled_text(node, lookups);
    Node made = node;
    for (Node& item : made.items) item = filled(item, lookups);
    for (Node::Entry& entry : made.entries)
      if (entry.key != "Fn::Sub") entry.value = filled(entry.value, lookups);
    return made;
  }

 private:
  Node filled_text(const Node& node, int lookups) const {
    if (node.text.find("${") == std::string::npos) return node;
    const std::string_view variable = only_variable(node.text);
    if (const Node* const value = looked_up(variable); value != nullptr && lookups > 0 && may_copy(*value)) {
      Node made = filled(*value, lookups - 1);
      made.place = node.place;
      return made;
    }
    return Node::function("Fn::Sub", node);
  }

  /// Counts the values that are copied.
  bool may_copy(const Node& value) const {
    if (value.kind == Node::Kind::nothing || values_left_ == 0) return false;
    const std::size_t size = size_of(value);
    const bool is_small = size <= values_left_;
    values_left_ = is_small ? values_left_ - size : 0;
    return is_small;
  }

  /// Returns the value that a variable such as `self:custom.batch` names.
  const Node* looked_up(std::string_view variable) const {
    constexpr std::string_view self = "self:";
    if (!variable.starts_with(self)) return nullptr;
    std::string_view path = variable.substr(self.size());
    path = path.substr(0, path.find(','));
    const Node* node = &root_;
    for (const std::string_view name : split_after_each(path, ".")) {
      if (node != nullptr) node = node->find(name);
    }
    return node;
  }

  const Node& root_;
  mutable std::size_t values_left_ = most_values_looked_up;
};

/// The places that findings are shown at: of keys, maps and lists.
void add_places(const Node& node, std::vector<Place>& places) {
  if (node.kind != Node::Kind::scalar) places.push_back(node.place);
  for (const Node& item : node.items) add_places(item, places);
  for (const Node::Entry& entry : node.entries) {
    places.push_back(entry.place);
    add_places(entry.value, places);
  }
}

/// True when an ARN, as `Fn::GetAtt`, `Fn::Sub` or a text, names a table's stream.
bool names_dynamodb(const Node& arn) {
  if (arn.text.find(":dynamodb:") != std::string::npos || arn.text == "StreamArn" ||
      arn.text.ends_with(".StreamArn"))
    return true;
  return std::any_of(arn.items.begin(), arn.items.end(), names_dynamodb) ||
         std::any_of(arn.entries.begin(), arn.entries.end(),
                     [](const Node::Entry& entry) { return names_dynamodb(entry.value); });
}

/// An event of a function. serverless makes a mapping of it, and the resources of the file may change that
/// by its name ("Serverless Framework: AWS infrastructure resources").
struct MadeEvent {
  std::string mapping;
  std::string function;  ///< the resource
  std::string event;     ///< its name there
};

class ServerlessTranslation {
 public:
  explicit ServerlessTranslation(const Node& root)
      : variables_(root), root_(root), provider_timeout_(timeout_of_provider()) {}

  Template translate() {
    Template made{.format = Format::serverless, .root = Node::map({}, root_.place)};
    Node& all = made.root["Resources"];
    all.kind = Node::Kind::map;
    if (const Node* const functions = root_.find("functions"))
      add_functions(all, variables_.filled(*functions));
    if (const Node* const written = root_.find("resources")) {
      const Node resources = variables_.filled(*written);
      add_places(resources, made.places_in_cloudformation);
      std::sort(made.places_in_cloudformation.begin(), made.places_in_cloudformation.end());
      add_resources(made.root, resources);
      add_extensions(made.root["Resources"], resources);
    }
    made.extensions = std::move(extensions_);
    return made;
  }

 private:
  /// `resources` is a template, or a list of templates.
  void add_resources(Node& made, const Node& resources) const {
    for (const Node& part : resources.items) add_resources(made, part);
    if (is_variable(resources)) return add_unread(made["Resources"], "resources", resources, resources.place);
    for (const Node::Entry& section : resources.entries) {
      Node& all = made[section.key];
      const bool has_resources = section.key == "Resources";
      if (has_resources && is_variable(section.value)) {
        add_unread(all, "resources", section.value, section.place);
        continue;
      }
      if (may_change_resources(section.key) && is_variable(section.value)) {
        add_unread(made["Resources"], "the " + section.key, section.value, section.place);
        continue;
      }
      if (section.key == "extensions") continue;  // they change what all parts made
      for (const Node::Entry& entry : section.value.entries) {
        if (has_resources && is_variable(entry.value)) {
          add_unread_resource(all, entry);
        } else if (Node* const event = has_resources ? event_of(all, entry.key) : nullptr) {
          if (const Node::Entry* const properties = entry.value.entry("Properties"))
            merge(*event, *properties);
        } else if (has_resources && names_a_mapping(entry.key) && entry.value.find("Type") == nullptr) {
          note_unknown_event(all, "resource", entry);
        } else {
          if (has_resources) note_unread_type(all, entry);
          merge(all, entry);
        }
      }
    }
  }

  static bool names_a_mapping(std::string_view name) {
    return name.find("EventSourceMapping") != std::string_view::npos;
  }

  /// The name that serverless gives a mapping is not known where its ARN has variables.
  static void note_unknown_event(Node& all, const char* kind, const Node::Entry& entry) {
    add_note(all, std::string("the ") + kind + " " + entry.key + " of an event that is not known is not read",
             entry.place);
  }

  /// `extensions` set properties of what serverless made, each as a whole.
  void add_extensions(Node& all, const Node& resources) const {
    for (const Node& part : resources.items) add_extensions(all, part);
    const Node* const extensions = resources.find("extensions");
    if (extensions == nullptr || is_variable(*extensions)) return;
    for (const Node::Entry& extension : extensions->entries) {
      Node* changed = event_of(all, extension.key);
      if (changed == nullptr && all.find(extension.key) != nullptr) changed = &all[extension.key];
      const Node::Entry* const properties = extension.value.entry("Properties");
      if (changed == nullptr) {
        if (names_a_mapping(extension.key)) note_unknown_event(all, "extension", extension);
      } else if (is_variable(*changed)) {
        continue;  // what is not known stays so
      } else if (is_variable(extension.value)) {
        (*changed)["Properties"] = extension.value;
      } else if (properties != nullptr && is_variable(properties->value)) {
        (*changed)["Properties"] = properties->value;
      } else if (properties != nullptr && !is_variable((*changed)["Properties"])) {
        for (const Node::Entry& property : properties->value.entries)
          (*changed)["Properties"].set(property.key, property.value, property.place);
      }
    }
  }

  /// The event that has a mapping of this name; null if there is none. Of several the last one has it.
  Node* event_of(Node& all, std::string_view mapping) const {
    const auto found = std::find_if(events_.rbegin(), events_.rend(),
                                    [&](const MadeEvent& made) { return made.mapping == mapping; });
    if (found == events_.rend()) return nullptr;
    if (all.find({found->function, "Properties", "Events", found->event}) == nullptr) return nullptr;
    return &all[found->function]["Properties"]["Events"][found->event];
  }

  /// `extensions` changes what serverless makes of the functions ("Override AWS CloudFormation resource").
  static bool may_change_resources(std::string_view section) {
    return section == "Parameters" || section == "Mappings" || section == "Conditions" ||
           section == "extensions";
  }

  /// Nobody knows whether such a resource is a queue, a mapping or a pipe.
  static void note_unread_type(Node& resources, const Node::Entry& resource) {
    const Node* const type = resource.value.find("Type");
    if (type == nullptr || !is_variable(*type) || resources.find(resource.key) != nullptr) return;
    add_note(resources, "the type of the resource " + resource.key + ' ' + origin_of(*type) + " is not read",
             resource.place);
  }

  /// A resource that is not known, or properties that are not known of a function.
  static void add_unread_resource(Node& resources, const Node::Entry& resource) {
    if (resources.find(resource.key) != nullptr) {
      resources[resource.key]["Properties"] = resource.value;
      return;
    }
    add_note(resources, "the resource " + resource.key + ' ' + origin_of(resource.value) + " is not read",
             resource.place);
    resources.entries.push_back(resource);
  }

  /// serverless merges `resources` over what it makes of the functions, map by map (Serverless Framework,
  /// "AWS infrastructure resources", "Override AWS CloudFormation resource").
  static void merge(Node& to, const Node::Entry& entry) {
    const bool is_there = to.find(entry.key) != nullptr;
    if (is_there && entry.key == "Type") return;  // a function keeps its events, which SAM's type has
    Node& value = to[entry.key];
    if (is_there && value.kind == Node::Kind::map && entry.value.kind == Node::Kind::map &&
        !is_variable(entry.value)) {
      if (is_variable(value)) return;  // what is merged with an unknown map is unknown
      for (const Node::Entry& inner : entry.value.entries) merge(value, inner);
      return;
    }
    to.set(entry.key, entry.value, entry.place);
  }

  void add_functions(Node& resources, const Node& functions) {
    for (const Node& part : functions.items) add_functions(resources, part);
    if (is_variable(functions)) return add_unread(resources, "functions", functions, functions.place);
    for (const Node::Entry& entry : functions.entries) {
      const std::string name = logical_name(entry.key);
      merge(resources, {name + "LambdaFunction", entry.place, function(name, entry.value)});
    }
  }

  /// Leaves a note in place of what serverless reads from elsewhere: `what`, in the plural.
  static void add_unread(Node& to, std::string_view what, const Node& variable, Place place) {
    add_note(to, std::string(what) + ' ' + origin_of(variable) + " are not read", place);
  }

  static void add_note(Node& to, std::string text, Place place) {
    to.entries.push_back({"Fn::NotRead", place, Node::scalar(std::move(text), place)});
  }

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

  /// Nothing when the provider has none; unknown when serverless fills in the provider.
  Node timeout_of_provider() const {
    const Node* const written = root_.find("provider");
    if (written == nullptr) return {};
    if (const Node* const timeout = written->find("timeout")) return variables_.filled(*timeout);
    if (written->kind != Node::Kind::scalar) return {};
    Node provider = variables_.filled(*written);
    if (is_variable(provider)) return provider;
    const Node* const timeout = provider.find("timeout");
    return timeout == nullptr ? Node{} : *timeout;
  }

  static void copy(const Node& from, std::string_view key, Node& to, std::string_view property) {
    if (const Node::Entry* const entry = from.entry(key)) to.set(property, entry->value, entry->place);
  }

  void add_event(const std::string& function, Node& events, const Node& event) {
    if (event.entries.empty()) return;
    if (is_variable(event)) return add_unread_event(events, event, event.place);
    const Node::Entry& entry = event.entries.front();
    const bool is_queue = entry.key == "sqs";
    const bool is_msk = entry.key == "msk";
    const bool is_kafka = is_msk || entry.key == "kafka";
    if (!is_queue && !is_kafka && entry.key != "stream") return;
    const Node& written = entry.value;
    if (is_variable(written) && may_give_a_map(written))
      return add_unread_event(events, written, entry.place);
    const Node* const arn_node =
        written.kind == Node::Kind::map && written.find("arn") != nullptr ? written.find("arn") : &written;
    const Node& arn = *arn_node;
    const bool is_table =
        written.text_of("type") == "dynamodb" || (written.find("type") == nullptr && names_dynamodb(arn));
    const char* const type = is_queue   ? "SQS"
                             : is_msk   ? "MSK"
                             : is_kafka ? "SelfManagedKafka"
                             : is_table ? "DynamoDB"
                                        : "Kinesis";

    Node made = Node::map({}, entry.place);
    made["Type"] = Node::scalar(type, entry.place);
    Node& properties = made["Properties"];
    properties.kind = Node::Kind::map;
    if (is_kafka && !is_msk) {
      copy(written, "bootstrapServers", properties, "KafkaBootstrapServers");
    } else {
      const bool is_written =
          arn_node != &written || written.kind == Node::Kind::scalar || written.find("batchSize") == nullptr;
      properties.set(is_queue ? "Queue" : "Stream", arn, is_written ? arn.place : properties.place);
    }
    for (const ServerlessSetting& setting : event_settings)
      copy(written, setting.serverless, properties, setting.sam);
    if (!is_queue) add_stream_settings(written, properties, is_kafka);
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

    const std::string name = entry.key + std::to_string(events.entries.size() + 1);
    events.set(name, std::move(made), entry.place);
    const std::string mapping = mapping_name(function, type, arn, written.text_of("topic"));
    if (is_kafka) add_extension(entry.place, mapping);
    events_.push_back({mapping, function + "LambdaFunction", name});
  }

  /// Several functions may have the same events, by a variable or an alias.
  void add_extension(Place event, const std::string& mapping) {
    const auto path_of = [](const std::string& name) {
      return "resources.extensions." + name + ".Properties";
    };
    const std::string unknown = path_of("NAME_OF_THE_MAPPING");
    const std::string path = mapping.empty() ? unknown : path_of(mapping);
    const auto [known, is_new] = extensions_.try_emplace(event, path);
    if (!is_new && known->second != path) known->second = unknown;
  }

  static void add_unread_event(Node& events, const Node& variable, Place place) {
    add_note(events, "an event " + origin_of(variable) + " is not read", place);
  }

  /// An event may be its ARN alone. Variables of other kinds are taken for texts, though a secret may be a
  /// map.
  static bool may_give_a_map(const Node& variable) {
    const std::string& text = variable.entries[0].value.text;
    return text.starts_with("${file(") || text.starts_with("${self:");
  }

  /// serverless starts a stream or a topic at its oldest record, and reads batches of 10 of a stream, unless
  /// a property says otherwise.
  static void add_stream_settings(const Node& written, Node& properties, bool is_kafka) {
    if (properties.find("StartingPosition") == nullptr)
      properties["StartingPosition"] = Node::scalar("TRIM_HORIZON", written.place);
    if (is_kafka) return;
    if (properties.find("BatchSize") == nullptr) properties["BatchSize"] = Node::scalar("10", written.place);
    const Node* const destinations = written.find("destinations");
    if (destinations != nullptr && is_variable(*destinations))
      properties["DestinationConfig"] = *destinations;
    const Node* const destination = written.find({"destinations", "onFailure"});
    if (destination == nullptr) return;
    const Node* const arn = destination->find("arn");
    properties["DestinationConfig"]["OnFailure"]["Destination"] = arn == nullptr ? *destination : *arn;
  }

  Variables variables_;
  const Node& root_;
  Node provider_timeout_;
  std::vector<MadeEvent> events_{};
  std::map<Place, std::string> extensions_{};
};

}  // namespace

bool is_serverless(const Node& root) {
  return root.find("service") != nullptr &&
         (root.find("functions") != nullptr || root.find("provider") != nullptr) &&
         root.find("Resources") == nullptr;
}

Template template_of_serverless(const Node& root) { return ServerlessTranslation(root).translate(); }

}  // namespace batchproof::lint
