#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t seconds_per_hour = 3'600;

struct SettingOf {
  std::string_view property;
  bool of_queues;
  bool of_streams;
  bool of_kafka;
};

/// Properties that only some sources have ("EventSourceMappingConfiguration", Lambda API).
constexpr std::array settings_of_some{
    SettingOf{"StartingPosition", false, true, true},
    SettingOf{"StartingPositionTimestamp", false, true, true},
    SettingOf{"MaximumRetryAttempts", false, true, true},
    SettingOf{"MaximumRecordAgeInSeconds", false, true, true},
    SettingOf{"BisectBatchOnFunctionError", false, true, true},
    SettingOf{"DestinationConfig", false, true, true},
    SettingOf{"ParallelizationFactor", false, true, false},
    SettingOf{"TumblingWindowInSeconds", false, true, false},
    SettingOf{"ScalingConfig", true, false, false},
    SettingOf{"ProvisionedPollerConfig", true, false, true},
    SettingOf{"Topics", false, false, true},
    SettingOf{"Queues", false, false, false},
};

/// Terraform's state has zero for an argument that is not set.
bool is_zero(const Value& value) {
  if (value.kind == Value::Kind::list) return value.items.empty();
  if (value.kind == Value::Kind::map) return value.map->entries.empty();
  const auto text = value.literal();
  return text && (*text == "0" || *text == "false" || text->empty());
}

void read_foreign_settings(const Context& context, const PropertyReader& properties, EventSource& source) {
  const Format format = context.application.file(properties.resolver().file()).format;
  for (const SettingOf& setting : settings_of_some) {
    const bool is_its_own = source.kind == SourceKind::sqs     ? setting.of_queues
                            : source.kind == SourceKind::kafka ? setting.of_kafka
                                                               : setting.of_streams;
    if (is_its_own) continue;
    const Value value = properties.value(setting.property);
    if (value.kind == Value::Kind::absent || value.kind == Value::Kind::unresolved) continue;
    if (format != Format::cloudformation && is_zero(value)) continue;
    source.foreign_settings.push_back(
        {.property = std::string(setting.property), .place = properties.place(setting.property)});
  }
}

void read_response_types(const PropertyReader& properties, EventSource& source) {
  constexpr std::string_view key = "FunctionResponseTypes";
  const Value value = properties.value(key);
  if (value.kind == Value::Kind::absent) return;
  Flag& reports = source.reports_failures;
  reports.place = properties.place(key);
  if (value.literal())
    source.response_types_are_a_list = {.value = false, .origin = Origin::given, .place = reports.place};
  const std::vector<Value> items = value.kind == Value::Kind::list ? value.items : std::vector{value};
  reports.value = std::any_of(items.begin(), items.end(),
                              [](const Value& item) { return item.literal() == "ReportBatchItemFailures"; });
  const auto unknown =
      std::find_if(items.begin(), items.end(), [](const Value& item) { return !item.literal(); });
  const bool is_known = reports.value || unknown == items.end();
  reports.origin = is_known ? Origin::given : Origin::unresolved;
  if (!is_known) properties.note(key, unknown->why_unknown());
}

void append_text(const Node& node, std::string& text) {
  text += node.text + "(";
  for (const Node& item : node.items) append_text(item, text);
  for (const Node::Entry& entry : node.entries) {
    text += entry.key + "=";
    append_text(entry.value, text);
  }
  text += ")";
}

/// A stream of Kinesis keeps records for 24 hours by default, a stream of DynamoDB always.
void read_stream_retention(const Context& context, Declared stream, EventSource& source) {
  if (source.kind == SourceKind::dynamodb) return;
  if (stream.type == "AWS::Kinesis::StreamConsumer" && stream.properties != nullptr) {
    if (const Node* const arn = stream.properties->find("StreamARN"))
      stream = context.declarations.resource(
          Resolver(context.application, stream.file, context.choices).resolve(*arn));
  }
  if (stream.type != "AWS::Kinesis::Stream") {
    source.stream_retention.origin = Origin::unresolved;
    return;
  }
  context.reader(stream).read("RetentionPeriodHours", source.stream_retention);
  if (source.stream_retention.is_given()) source.stream_retention.value *= seconds_per_hour;
}

std::string_view kind_in_words(Reached reached, const Value& arn) {
  if (reached == Reached::something_else) return "a resource that is not a queue or stream";
  if (reached != Reached::dynamodb) return in_words(source_kind(reached));
  return is_stream_of_table(arn) ? "the stream of a DynamoDB table" : "a DynamoDB table";
}

/// The reason why the queue is unknown. A queue of another template is one whose name is literal, or depends
/// only on this deployment.
std::string why_no_queue(const Value& arn) {
  const bool is_named = arn.kind == Value::Kind::text && part_of_arn(arn, 0) == "arn" &&
                        arn.parts().back().find('$') == std::string::npos &&
                        arn.parts().back().find('*') == std::string::npos;
  if (is_named) return "the template does not declare that queue";
  return arn.kind == Value::Kind::text && arn.why_unknown().empty() ? "it is not an ARN" : arn.why_unknown();
}

}  // namespace

void read_filters(const PropertyReader& properties, EventSource& source) {
  const Value filters = properties.within("FilterCriteria").value("Filters");
  source.filters.is_known = filters.kind == Value::Kind::list || filters.kind == Value::Kind::absent;
  if (filters.kind != Value::Kind::list || filters.items.empty()) return;
  source.filters.place = properties.place("FilterCriteria");
  for (const Value& filter : filters.items) {
    if (filter.map == nullptr) {
      source.filters.is_known = false;
    } else {
      append_text(*filter.map, source.filters.text);
    }
  }
}

void read_starting_position(const PropertyReader& properties, EventSource& source) {
  properties.read("StartingPosition", source.starting_position);
  source.has_starting_time = properties.has("StartingPositionTimestamp");
}

void read_destination(const Context& context, const PropertyReader& properties, std::string_view key,
                      EventSource& source) {
  const Value destination = properties.value(key);
  if (destination.kind == Value::Kind::absent) return;
  source.has_destination = {.value = true, .origin = Origin::given, .place = properties.place(key)};
  source.destination_is_fifo.origin = Origin::unresolved;
  if (destination.kind == Value::Kind::unresolved) {
    source.has_destination.origin = Origin::unresolved;
    properties.note(key, destination.reason);
    return;
  }
  add_if_no_arn(context, properties, key, source.wrong_arns);
  const Declared queue = context.declarations.queue(destination, properties.resolver());
  source.destination_is_fifo =
      queue.is_queue() ? read_fifo(context, queue) : fifo_by_arn(destination, properties.place(key));
}

void read_origin(const Context& context, const PropertyReader& properties, std::string_view arn_key,
                 EventSource& source) {
  const Value arn = properties.value(arn_key);
  source.source_property = {.value = std::string(arn_key)};
  if (arn.kind == Value::Kind::absent) {
    source.fifo.origin = Origin::unresolved;
    source.stream_retention.origin = Origin::unresolved;
    return;
  }
  source.source_property.origin = Origin::given;
  source.source_property.place = properties.place(arn_key);
  add_if_no_arn(context, properties, arn_key, source.wrong_arns);
  const Reached reached = reached_by(context, arn);
  const bool is_another_kind = reached != Reached::unknown && source.kind != SourceKind::stream &&
                               (reached == Reached::something_else || source_kind(reached) != source.kind);
  if (is_another_kind) source.kind_of_given_source = kind_in_words(reached, arn);

  const Declared declared = context.declarations.queue(arn, properties.resolver());
  source.origin = declared.id.empty() ? arn.identity() : fmt::format("{}/{}", declared.file, declared.id);
  source.origin_name = declared.id.empty() ? arn.literal().value_or(arn.parts().back()) : declared.id;
  if (source.has_shards()) return read_stream_retention(context, declared, source);
  if (declared.is_queue()) {
    source.fifo = read_fifo(context, declared);
    source.queue = read_queue(context, declared, source.wrong_arns);
    return;
  }
  source.fifo = fifo_by_arn(arn, properties.place(arn_key));
  if (!is_another_kind)
    properties.note(
        arn_key, why_no_queue(arn) + "; the visibility timeout and the dead-letter queue were not checked");
}

void read_settings(const Context& context, const PropertyReader& properties, std::string_view arn_key,
                   EventSource& source) {
  source.batch_size.value = source.has_shards() ? defaults::stream_batch : defaults::queue_batch;
  properties.read("BatchSize", source.batch_size);
  properties.read("MaximumBatchingWindowInSeconds", source.batching_window);
  properties.read("Enabled", source.enabled);
  const Value poller_config = properties.value("ProvisionedPollerConfig");
  source.provisioned_pollers.value = poller_config.kind != Value::Kind::absent;
  if (source.provisioned_pollers.value && poller_config.map == nullptr)
    source.provisioned_pollers.origin = Origin::unresolved;
  const PropertyReader pollers = properties.within("ProvisionedPollerConfig");
  pollers.read("MinimumPollers", source.minimum_pollers);
  pollers.read("MaximumPollers", source.maximum_pollers);
  read_response_types(properties, source);
  read_filters(properties, source);
  read_foreign_settings(context, properties, source);
  if (source.has_shards()) {
    properties.read("MaximumRetryAttempts", source.retry_attempts);
    properties.read("MaximumRecordAgeInSeconds", source.record_age);
    properties.read("BisectBatchOnFunctionError", source.bisects);
    properties.read("ParallelizationFactor", source.parallelization);
    properties.read("TumblingWindowInSeconds", source.tumbling_window);
    read_starting_position(properties, source);
    read_destination(context, properties.within("DestinationConfig").within("OnFailure"), "Destination",
                     source);
  } else {
    properties.within("ScalingConfig").read("MaximumConcurrency", source.maximum_concurrency);
  }
  if (!arn_key.empty()) read_origin(context, properties, arn_key, source);
}

}  // namespace batchproof::lint
