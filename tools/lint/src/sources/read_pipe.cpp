// Reads an AWS::Pipes::Pipe, a pipe of EventBridge that reads a queue or stream. Its target reports failures
// without a setting ("Amazon EventBridge Pipes batching and concurrency"), unless the pipe waits for no
// answer.

#include <algorithm>
#include <vector>

#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

Reached reached_by_parameters(const PropertyReader& parameters) {
  if (parameters.is_unknown()) return Reached::unknown;
  const auto has = [&](std::string_view key) { return parameters.has(key); };
  if (has("SqsQueueParameters")) return Reached::sqs;
  if (has("KinesisStreamParameters")) return Reached::kinesis;
  if (has("DynamoDBStreamParameters")) return Reached::dynamodb;
  if (has("ManagedStreamingKafkaParameters") || has("SelfManagedKafkaParameters")) return Reached::kafka;
  const bool is_of_mq = has("ActiveMQBrokerParameters") || has("RabbitMQBrokerParameters");
  return is_of_mq ? Reached::something_else : Reached::unknown;
}

std::string_view parameters_of(SourceKind kind) {
  if (kind == SourceKind::sqs) return "SqsQueueParameters";
  return kind == SourceKind::kinesis ? "KinesisStreamParameters" : "DynamoDBStreamParameters";
}

void read_stream(const Context& context, const PropertyReader& settings, EventSource& source) {
  settings.read("MaximumRetryAttempts", source.retry_attempts);
  settings.read("MaximumRecordAgeInSeconds", source.record_age);
  settings.read("ParallelizationFactor", source.parallelization);
  Setting<std::string> on_failure;
  settings.read("OnPartialBatchItemFailure", on_failure);
  source.bisects = {.value = on_failure.value == "AUTOMATIC_BISECT",
                    .origin = on_failure.origin,
                    .place = on_failure.place};
  read_starting_position(settings, source);
  read_destination(context, settings.within("DeadLetterConfig"), "Arn", source);
}

/// A function that is invoked asynchronously answers nobody ("PipeTargetLambdaFunctionParameters",
/// EventBridge Pipes API reference).
void read_invocation(const PropertyReader& properties, EventSource& source) {
  Setting<std::string> invocation{.value = "REQUEST_RESPONSE"};
  properties.within("TargetParameters").within("LambdaFunctionParameters").read("InvocationType", invocation);
  source.reports_failures = {
      .value = invocation.value != "FIRE_AND_FORGET", .origin = invocation.origin, .place = invocation.place};
}

/// Each kind of target has parameters of its own; one that is not known shows itself by them.
bool has_parameters_of_another_target(const PropertyReader& properties) {
  const Value parameters = properties.value("TargetParameters");
  if (parameters.map == nullptr) return false;
  const std::vector<Node::Entry>& entries = parameters.map->entries;
  return std::any_of(entries.begin(), entries.end(), [&](const Node::Entry& entry) {
    return entry.key.ends_with("Parameters") && entry.key != "LambdaFunctionParameters" &&
           properties.resolver().member(parameters, entry.key).kind != Value::Kind::absent;
  });
}

void read_target(const Context& context, const PropertyReader& properties, EventSource& source) {
  add_if_no_arn(context, properties, "Target", source.wrong_arns);
  if (!may_be_function(context, properties.value("Target")) || has_parameters_of_another_target(properties))
    return forget_function(source);
  read_function_of(context, properties, "Target", source);
}

/// The function of an enrichment is not the one that handles the records: its answer goes on to the target,
/// and says nothing about failures.
void read_enrichment(const Context& context, const PropertyReader& properties, EventSource& source) {
  add_if_no_arn(context, properties, "Enrichment", source.wrong_arns);
  if (properties.has("Enrichment") && may_be_function(context, properties.value("Enrichment")))
    source.enrichment = find_function(context, properties, "Enrichment", source);
}

}  // namespace

void read_pipe(const Context& context, const Declared& pipe, std::vector<EventSource>& sources) {
  const PropertyReader properties = context.reader(pipe);
  const PropertyReader parameters = properties.within("SourceParameters");
  const Value arn = properties.value("Source");
  Reached reached = reached_by(context, arn);
  if (reached == Reached::unknown) reached = reached_by_parameters(parameters);
  if (reached == Reached::unknown && arn.kind != Value::Kind::absent && !arn.literal())
    properties.note("Source", arn.why_unknown() + "; nothing of the pipe was checked");
  if (reached != Reached::sqs && reached != Reached::kinesis && reached != Reached::dynamodb) return;

  EventSource source{.kind = source_kind(reached),
                     .is_pipe = true,
                     .name = pipe.id,
                     .place = pipe.place,
                     .condition = pipe.condition};
  read_invocation(properties, source);
  read_target(context, properties, source);
  read_enrichment(context, properties, source);
  source.enabled.value = properties.value("DesiredState").literal() != "STOPPED";
  const PropertyReader settings = parameters.within(parameters_of(source.kind));
  source.batch_size.value = source.has_shards() ? defaults::stream_batch : defaults::queue_batch;
  settings.read("BatchSize", source.batch_size);
  settings.read("MaximumBatchingWindowInSeconds", source.batching_window);
  read_filters(parameters, source);
  if (source.has_shards()) read_stream(context, settings, source);
  read_origin(context, properties, "Source", source);
  sources.push_back(std::move(source));
}

}  // namespace batchproof::lint
