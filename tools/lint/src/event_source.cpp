#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <batchproof/lint/event_source.hpp>
#include <batchproof/lint/read_template.hpp>
#include <batchproof/lint/resolve.hpp>
#include <map>
#include <optional>
#include <utility>

#include "declared_resources.hpp"
#include "property_reader.hpp"
#include "read_json.hpp"

namespace batchproof::lint {
namespace {

constexpr std::size_t service_in_arn = 2;

using Origin = Setting<bool>::Origin;

/// What an ARN or a reference leads to.
enum class Reached { sqs, kinesis, dynamodb, something_else, unknown };

Reached kind_of_resource(std::string_view type) {
  if (type == "AWS::SQS::Queue") return Reached::sqs;
  if (type == "AWS::Kinesis::Stream" || type == "AWS::Kinesis::StreamConsumer") return Reached::kinesis;
  if (type == "AWS::DynamoDB::Table" || type == "AWS::DynamoDB::GlobalTable") return Reached::dynamodb;
  constexpr std::array<std::string_view, 5> others{"AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster",
                                                   "AWS::AmazonMQ::Broker", "AWS::DocDB::DBCluster",
                                                   "AWS::DocDBElastic::Cluster"};
  const bool is_other = std::find(others.begin(), others.end(), type) != others.end();
  return is_other ? Reached::something_else : Reached::unknown;
}

Reached kind_of_service(std::string_view service) {
  if (service == "sqs") return Reached::sqs;
  if (service == "kinesis") return Reached::kinesis;
  if (service == "dynamodb") return Reached::dynamodb;
  return service.empty() || service == "*" ? Reached::unknown : Reached::something_else;
}

/// SAM's other events are no event source mappings of ours.
std::optional<SourceKind> kind_of_event(std::string_view type) {
  if (type == "SQS") return SourceKind::sqs;
  if (type == "Kinesis") return SourceKind::kinesis;
  if (type == "DynamoDB") return SourceKind::dynamodb;
  return std::nullopt;
}

/// A queue's name ends in `.fifo` when it is one.
Setting<bool> fifo_by_arn(const Value& arn, Place place) {
  Setting<bool> fifo{.origin = Origin::unresolved, .place = place};
  const bool ends_written = arn.kind == Value::Kind::text && !arn.pieces.empty() &&
                            arn.pieces.back().kind == Piece::Kind::literal && !arn.pieces.back().text.empty();
  if (!ends_written) return fifo;
  fifo.value = arn.pieces.back().text.ends_with(".fifo");
  fifo.origin = Origin::given;
  return fifo;
}

/// What stands within a text stands where the text does.
void move_to(Node& node, Place place) {
  node.place = place;
  for (Node& item : node.items) move_to(item, place);
  for (Node::Entry& entry : node.entries) {
    entry.place = place;
    move_to(entry.value, place);
  }
}

class Reading {
 public:
  explicit Reading(const Node& root) : root_(root), resolver_(root), declarations_(resolver_) {}

  EventSources read() {
    note_macros();
    for (const Node::Entry& entry : root_.find("Resources")->entries) {
      if (entry.key.starts_with("Fn::")) {
        note(entry.place, fmt::format("{} is not expanded: what it gives was not checked", entry.key));
        continue;
      }
      const Declared declared = declared_resource(entry);
      if (declared.type == "AWS::Serverless::Function") read_events(declared);
      if (declared.type == "AWS::Lambda::EventSourceMapping") read_mapping(declared);
    }
    return std::move(found_);
  }

 private:
  void note(Place place, std::string text) { found_.notes.push_back({place, std::move(text)}); }

  /// A macro of one's own may change whatever is written.
  void note_macros() {
    const Node* const transform = root_.find("Transform");
    if (transform == nullptr) return;
    for (const Node& item : transform->items) note_macro(item);
    if (transform->kind != Node::Kind::list) note_macro(*transform);
  }

  void note_macro(const Node& macro) {
    const Node* const name = macro.kind == Node::Kind::map ? macro.find("Name") : &macro;
    const std::string text = name == nullptr ? "" : name->text;
    if (text == "AWS::Serverless-2016-10-31" || text == "AWS::LanguageExtensions") return;
    note(macro.place, fmt::format("the macro {} may change this template: checked is what is written", text));
  }

  PropertyReader reader(const Resolver& resolver, const Node* properties, std::string subject) {
    return {resolver, found_.notes, properties == nullptr ? Value{} : resolver.resolve(*properties),
            std::move(subject)};
  }

  /// The events of a SAM function.
  void read_events(const Declared& function) {
    const Resolver resolver = resolver_for(resolver_, function);
    const PropertyReader properties = reader(resolver, function.properties, function.id);
    const Value events = properties.value("Events");
    if (events.kind == Value::Kind::unresolved) properties.note("Events", events.reason);
    if (events.map == nullptr) return;
    for (const Node::Entry& event : events.map->entries) {
      if (event.key.starts_with("Fn::")) {
        note(event.place, fmt::format("{} is not expanded: what it gives was not checked", event.key));
      } else {
        read_event(function, event, resolver);
      }
    }
  }

  void read_event(const Declared& function, const Node::Entry& event, const Resolver& resolver) {
    const std::string name = fmt::format("{}.{}", function.id, event.key);
    const PropertyReader members = reader(resolver, &event.value, name);
    const Value type = members.value("Type");
    if (!type.why_unknown().empty()) members.note("Type", type.why_unknown());
    const auto kind = kind_of_event(type.literal().value_or(""));
    if (!kind) return;
    EventSource source{
        .kind = *kind, .name = name, .place = event.place, .function = read_function(function)};
    finish(source, members.within("Properties"), *kind == SourceKind::sqs ? "Queue" : "Stream");
  }

  void read_mapping(const Declared& mapping) {
    const Resolver resolver = resolver_for(resolver_, mapping);
    const auto properties = reader(resolver, mapping.properties, mapping.id);
    const Value arn = properties.value("EventSourceArn");
    const Reached reached = what_is_reached(arn);
    // Kafka and others that run elsewhere have no ARN.
    if (reached == Reached::something_else || arn.kind == Value::Kind::absent) return;
    if (reached == Reached::unknown) {
      const std::string reason = arn.literal() ? "it is no ARN" : arn.why_unknown();
      properties.note("EventSourceArn", reason + "; nothing of the mapping was checked");
      return;
    }
    EventSource source{.kind = reached == Reached::sqs       ? SourceKind::sqs
                               : reached == Reached::kinesis ? SourceKind::kinesis
                                                             : SourceKind::dynamodb,
                       .name = mapping.id,
                       .place = mapping.place};
    const Value name = properties.value("FunctionName");
    const Declared function = declarations_.function(name);
    if (function.id.empty()) {
      source.function.timeout.origin = Setting<std::int64_t>::Origin::unresolved;
      source.function.reserved_concurrency.origin = Setting<std::int64_t>::Origin::unresolved;
      if (source.kind == SourceKind::sqs)
        properties.note("FunctionName",
                        "the template does not declare the function; its Timeout was not checked");
    } else {
      source.function = read_function(function);
    }
    finish(source, properties, "EventSourceArn");
  }

  Reached what_is_reached(const Value& arn) const {
    if (const std::string id = arn.resource(); !id.empty()) {
      return kind_of_resource(declarations_.of_id(id).type);
    }
    return kind_of_service(part_of_arn(arn, service_in_arn));
  }

  LambdaFunction read_function(const Declared& function) {
    const Resolver resolver = resolver_for(resolver_, function);
    LambdaFunction read{.name = function.id};
    const bool is_serverless = function.type == "AWS::Serverless::Function";
    const Node* const global = is_serverless ? root_.find({"Globals", "Function"}) : nullptr;
    for (const Node* const properties : {global, function.properties}) {
      const PropertyReader values = reader(resolver, properties, function.id);
      values.read("Timeout", read.timeout);
      values.read("ReservedConcurrentExecutions", read.reserved_concurrency);
      for (const std::string_view key : {"DeadLetterQueue", "DeadLetterConfig"}) {
        if (values.value(key).kind != Value::Kind::absent) read.has_own_dead_letter_queue = true;
      }
    }
    return read;
  }

  void finish(EventSource& source, const PropertyReader& properties, std::string_view arn_key) {
    const bool is_stream = source.is_stream();
    source.batch_size.value = is_stream ? defaults::stream_batch : defaults::queue_batch;
    properties.read("BatchSize", source.batch_size);
    properties.read("MaximumBatchingWindowInSeconds", source.batching_window);
    read_response_types(properties, source.reports_failures);
    if (is_stream) {
      read_stream(source, properties);
    } else {
      properties.within("ScalingConfig").read("MaximumConcurrency", source.maximum_concurrency);
      read_queue_of(source, properties, arn_key);
    }
    found_.sources.push_back(std::move(source));
  }

  static void read_response_types(const PropertyReader& properties, Setting<bool>& reports) {
    constexpr std::string_view key = "FunctionResponseTypes";
    const Value value = properties.value(key);
    if (value.kind == Value::Kind::absent) return;
    reports.place = properties.place(key);
    const std::vector<Value> items = value.kind == Value::Kind::list ? value.items : std::vector{value};
    reports.value = std::any_of(items.begin(), items.end(), [](const Value& item) {
      return item.literal() == "ReportBatchItemFailures";
    });
    const auto unknown =
        std::find_if(items.begin(), items.end(), [](const Value& item) { return !item.literal(); });
    const bool is_known = reports.value || unknown == items.end();
    reports.origin = is_known ? Origin::given : Origin::unresolved;
    if (!is_known) properties.note(key, unknown->why_unknown());
  }

  void read_stream(EventSource& source, const PropertyReader& properties) {
    properties.read("MaximumRetryAttempts", source.retry_attempts);
    properties.read("MaximumRecordAgeInSeconds", source.record_age);
    properties.read("BisectBatchOnFunctionError", source.bisects);
    properties.read("ParallelizationFactor", source.parallelization);
    properties.read("TumblingWindowInSeconds", source.tumbling_window);
    const Value position = properties.value("StartingPosition");
    if (!position.why_unknown().empty()) properties.note("StartingPosition", position.why_unknown());
    source.starts_at_latest.place = properties.place("StartingPosition");
    source.starts_at_latest.value = position.literal() == "LATEST";
    read_destination(source, properties);
  }

  void read_destination(EventSource& source, const PropertyReader& properties) {
    const PropertyReader on_failure = properties.within("DestinationConfig").within("OnFailure");
    const Value destination = on_failure.value("Destination");
    source.has_destination.place = properties.place("DestinationConfig");
    if (destination.kind == Value::Kind::absent) return;
    if (destination.kind == Value::Kind::unresolved) {
      source.has_destination.origin = Origin::unresolved;
      source.destination_is_fifo.origin = Origin::unresolved;
      properties.note("DestinationConfig", destination.reason);
      return;
    }
    source.has_destination.value = true;
    source.has_destination.origin = Origin::given;
    const Declared queue = declarations_.queue(destination);
    source.destination_is_fifo = queue.type == "AWS::SQS::Queue"
                                     ? read_fifo(queue)
                                     : fifo_by_arn(destination, on_failure.place("Destination"));
  }

  Setting<bool> read_fifo(const Declared& queue) {
    const Resolver resolver = resolver_for(resolver_, queue);
    Setting<bool> fifo;
    reader(resolver, queue.properties, queue.id).read("FifoQueue", fifo);
    return fifo;
  }

  void read_queue_of(EventSource& source, const PropertyReader& properties, std::string_view arn_key) {
    const Value arn = properties.value(arn_key);
    const Declared queue = declarations_.queue(arn);
    if (queue.type == "AWS::SQS::Queue") {
      source.fifo = read_fifo(queue);
      source.queue = read_queue(queue);
      return;
    }
    source.fifo = fifo_by_arn(arn, properties.place(arn_key));
    const std::string reason = arn.kind == Value::Kind::text && arn.literal()
                                   ? "the template does not declare that queue"
                                   : arn.why_unknown();
    properties.note(arn_key, reason + "; the visibility timeout and the dead-letter queue were not checked");
  }

  SourceQueue read_queue(const Declared& declared) {
    const auto known = queues_.find(declared.id);
    if (known != queues_.end()) return known->second;
    const Resolver resolver = resolver_for(resolver_, declared);
    const PropertyReader properties = reader(resolver, declared.properties, declared.id);
    SourceQueue queue{.name = declared.id, .place = declared.place};
    properties.read("VisibilityTimeout", queue.visibility_timeout);
    properties.read("MessageRetentionPeriod", queue.retention);
    read_redrive_policy(queue, properties, resolver);
    queues_.emplace(declared.id, queue);
    return queue;
  }

  void read_redrive_policy(SourceQueue& queue, const PropertyReader& properties, const Resolver& resolver) {
    const Value policy = properties.value("RedrivePolicy");
    if (policy.kind == Value::Kind::absent) return;
    queue.has_dead_letter_queue.place = properties.place("RedrivePolicy");
    queue.has_dead_letter_queue.origin = Origin::unresolved;
    if (policy.kind == Value::Kind::map) {
      read_dead_letter_queue(queue, properties.within("RedrivePolicy"));
    } else if (const auto text = policy.literal()) {
      read_written_policy(queue, properties, resolver, *text);
    } else {
      properties.note("RedrivePolicy", policy.why_unknown());
    }
  }

  /// A redrive policy may also be a text, which is JSON.
  void read_written_policy(SourceQueue& queue, const PropertyReader& properties, const Resolver& resolver,
                           const std::string& text) {
    try {
      Node policy = read_json(text);
      move_to(policy, queue.has_dead_letter_queue.place);
      const Value value{.kind = Value::Kind::map, .map = &policy, .place = queue.has_dead_letter_queue.place};
      read_dead_letter_queue(queue, {resolver, found_.notes, value, queue.name});
    } catch (const TemplateError& error) {
      properties.note("RedrivePolicy", error.what());
    }
  }

  void read_dead_letter_queue(SourceQueue& queue, const PropertyReader& policy) {
    const Value target = policy.value("deadLetterTargetArn");
    queue.has_dead_letter_queue.value = target.kind != Value::Kind::absent;
    queue.has_dead_letter_queue.origin =
        target.kind == Value::Kind::unresolved ? Origin::unresolved : Origin::given;
    if (!queue.has_dead_letter_queue.value) return;

    DeadLetterQueue dead_letters{.name = target.pattern(), .place = queue.has_dead_letter_queue.place};
    policy.read("maxReceiveCount", dead_letters.max_receive_count);
    const Declared declared = declarations_.queue(target);
    if (declared.type == "AWS::SQS::Queue") {
      dead_letters.name = declared.id;
      dead_letters.is_the_source = declared.id == queue.name;
      dead_letters.fifo = read_fifo(declared);
      const Resolver own_resolver = resolver_for(resolver_, declared);
      reader(own_resolver, declared.properties, declared.id)
          .read("MessageRetentionPeriod", dead_letters.retention);
    } else {
      dead_letters.fifo = fifo_by_arn(target, dead_letters.place);
      dead_letters.retention.origin = Setting<std::int64_t>::Origin::unresolved;
      const std::string reason =
          target.literal() ? "the template does not declare that queue" : target.why_unknown();
      policy.note("deadLetterTargetArn", reason + "; its retention was not checked");
    }
    queue.dead_letter_queue = std::move(dead_letters);
  }

  const Node& root_;
  Resolver resolver_;
  Declarations declarations_;
  EventSources found_;
  std::map<std::string, SourceQueue> queues_;
};

}  // namespace

std::string_view name_of(SourceKind kind) noexcept {
  switch (kind) {
    case SourceKind::sqs:
      return "sqs";
    case SourceKind::kinesis:
      return "kinesis";
    case SourceKind::dynamodb:
      return "dynamodb";
  }
  return "";
}

EventSources read_event_sources(const Node& root) { return Reading(root).read(); }

}  // namespace batchproof::lint
