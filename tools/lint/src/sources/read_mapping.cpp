// Reads an AWS::Lambda::EventSourceMapping.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <span>

#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

bool has_any(const PropertyReader& properties, std::span<const std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return properties.has(key); });
}

constexpr std::array<std::string_view, 4> settings_of_kafka{"SelfManagedEventSource", "Topics",
                                                            "AmazonManagedKafkaEventSourceConfig",
                                                            "SelfManagedKafkaEventSourceConfig"};
constexpr std::array<std::string_view, 2> settings_of_others{"Queues", "DocumentDBEventSourceConfig"};
constexpr std::array<std::string_view, 6> settings_of_streams{
    "StartingPosition",     "ParallelizationFactor",     "BisectBatchOnFunctionError",
    "MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "TumblingWindowInSeconds"};

/// The kind of a source whose ARN does not show it, from the other properties; a stream needs a
/// `StartingPosition`.
std::optional<SourceKind> kind_by_settings(const PropertyReader& properties) {
  if (has_any(properties, settings_of_others)) return std::nullopt;
  if (has_any(properties, settings_of_kafka)) return SourceKind::kafka;
  if (!has_any(properties, settings_of_streams)) return SourceKind::sqs;
  const bool has_time = properties.value("StartingPosition").literal() == "AT_TIMESTAMP";
  return has_time ? SourceKind::kinesis : SourceKind::stream;
}

}  // namespace

void read_mapping(const Context& context, const Declared& mapping, std::vector<EventSource>& sources) {
  const PropertyReader properties = context.reader(mapping);
  const Value arn = properties.value("EventSourceArn");
  const Reached reached = reached_by(context, arn);
  if (reached == Reached::something_else) return;

  EventSource source{.name = mapping.id, .place = mapping.place, .condition = mapping.condition};
  // A self-managed cluster has no ARN.
  const bool is_elsewhere = arn.kind == Value::Kind::absent && properties.has("SelfManagedEventSource");
  if (arn.kind == Value::Kind::absent && !is_elsewhere) {
    source.source_property = {.value = "EventSourceArn"};
    source.reports_failures.origin = Origin::unresolved;
    sources.push_back(std::move(source));
    return;
  }
  if (reached != Reached::unknown) {
    source.kind = source_kind(reached);
  } else {
    const auto kind = kind_by_settings(properties);
    if (!kind) {  // a broker, or a mapping of which nothing is known
      if (properties.value("Queues").kind == Value::Kind::unresolved && !arn.why_unknown().empty())
        properties.note("EventSourceArn", arn.why_unknown() + "; nothing of the mapping was checked");
      return;
    }
    source.kind = *kind;
    if (source.has_shards() && !is_elsewhere && !arn.literal())
      properties.note("EventSourceArn",
                      fmt::format("{}; the other properties are those of a {}", arn.why_unknown(),
                                  source.kind == SourceKind::kafka ? "Kafka cluster" : "stream"));
  }
  read_function_of(context, properties, "FunctionName", source);
  read_settings(context, properties, is_elsewhere ? "" : "EventSourceArn", source);
  sources.push_back(std::move(source));
}

}  // namespace batchproof::lint
