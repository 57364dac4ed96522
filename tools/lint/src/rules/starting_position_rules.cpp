// Rules about the position from which a stream is read.

#include <fmt/core.h>

#include <string>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

std::string_view page_on_positions(SourceKind kind) {
  if (kind == SourceKind::dynamodb) return "Process DynamoDB records with Lambda";
  if (kind == SourceKind::kafka) return "Apache Kafka polling and stream starting positions in Lambda";
  return {};
}

Violations starts_late(const EventSource& source) {
  if (!source.has_shards() || !source.starting_position.is("LATEST")) return {};
  const bool has_times = source.kind == SourceKind::kinesis || source.kind == SourceKind::kafka;
  return {Violation{.place = source.starting_position.place,
                    .what = fmt::format("StartingPosition of {} is LATEST", source.name),
                    .instead = has_times ? "StartingPosition: TRIM_HORIZON, or AT_TIMESTAMP"
                                         : "StartingPosition: TRIM_HORIZON",
                    .aws_page = page_on_positions(source.kind)}};
}

Violations starts_nowhere(const EventSource& source) {
  const Setting<std::string>& position = source.starting_position;
  if (!source.has_shards() || source.kind == SourceKind::kafka || !position.is_known()) return {};
  if (!position.is_given()) {
    return {Violation{.place = source.place,
                      .what = fmt::format("{} has no StartingPosition", source.name),
                      .instead = "StartingPosition: TRIM_HORIZON"}};
  }
  const bool is_time = position.value == "AT_TIMESTAMP";
  if (is_time && source.kind == SourceKind::dynamodb) {
    return {Violation{
        .place = position.place,
        .what = fmt::format("StartingPosition of {} is AT_TIMESTAMP, which DynamoDB streams do not have",
                            source.name),
        .instead = "StartingPosition: TRIM_HORIZON"}};
  }
  if (is_time && !source.has_starting_time) {
    return {Violation{.place = position.place,
                      .what = fmt::format("{} has no StartingPositionTimestamp, and its StartingPosition is "
                                          "AT_TIMESTAMP",
                                          source.name),
                      .instead = "StartingPositionTimestamp: the time in seconds since 1970"}};
  }
  if (is_time || position.value == "LATEST" || position.value == "TRIM_HORIZON") return {};
  return {Violation{.place = position.place,
                    .what = fmt::format("StartingPosition of {} is {}", source.name, position.value),
                    .instead = "StartingPosition: TRIM_HORIZON"}};
}

}  // namespace

constinit const Rule starting_position_latest{
    .id = "starting-position-latest",
    .severity = Severity::warning,
    .sentence = "A stream is read from TRIM_HORIZON or a time on.",
    .why =
        "polling begins minutes after the mapping was created or changed, and what was written in between "
        "may be missed",
    .aws_page = "Process Amazon Kinesis Data Streams records with Lambda",
    .violations_of_source = starts_late,
};

constinit const Rule starting_position_refused{
    .id = "starting-position-refused",
    .severity = Severity::error,
    .sentence = "A stream's event source has a StartingPosition that its kind of stream allows.",
    .why = mapping_is_refused,
    .aws_page = "Lambda parameters for Amazon DynamoDB event source mappings",
    .violations_of_source = starts_nowhere,
};

}  // namespace batchproof::lint
