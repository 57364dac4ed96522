// Reads the events of a SAM function.

#include <fmt/core.h>
#include <array>

#include <algorithm>

#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

struct EventType {
  std::string_view name;
  SourceKind kind;
  std::string_view arn_key;  ///< empty when the source runs outside of AWS
};

constexpr std::array event_types{
    EventType{"SQS", SourceKind::sqs, "Queue"},
    EventType{"Kinesis", SourceKind::kinesis, "Stream"},
    EventType{"DynamoDB", SourceKind::dynamodb, "Stream"},
    EventType{"MSK", SourceKind::kafka, "Stream"},
    EventType{"SelfManagedKafka", SourceKind::kafka, ""},
};

/// SAM makes a mapping for an SNS event with `SqsSubscription`, and a queue too unless one is given.
void read_subscription(const Context& context, const PropertyReader& properties, EventSource& source,
                       const std::string& queue_name) {
  const Value subscription = properties.value("SqsSubscription");
  source.can_set_response_types = false;
  source.batch_size.value = defaults::queue_batch;
  if (subscription.kind == Value::Kind::map) {
    const PropertyReader given = properties.within("SqsSubscription");
    given.read("BatchSize", source.batch_size);
    given.read("Enabled", source.enabled);
    return read_origin(context, given, "QueueArn", source);
  }
  source.source_property = {.value = "Queue", .origin = Origin::given, .place = source.place};
  source.queue =
      SourceQueue{.name = queue_name, .place = properties.place("SqsSubscription"), .is_made_by_sam = true};
  const Declared topic = context.declarations.resource(properties.value("Topic"));
  context.reader(topic).read("FifoTopic", source.fifo);
}

bool is_subscription(const PropertyReader& properties) {
  const Value subscription = properties.value("SqsSubscription");
  return subscription.kind == Value::Kind::map || subscription.literal() == "true";
}

}  // namespace

void read_event(const Context& context, const Declared& function, const Node::Entry& event,
                std::vector<EventSource>& sources) {
  const std::string name = fmt::format("{}.{}", function.id, event.key);
  const PropertyReader members = context.reader(context.resolver(function), &event.value, name);
  const Value type = members.value("Type");
  if (!type.why_unknown().empty()) members.note("Type", type.why_unknown());
  const PropertyReader properties = members.within("Properties");
  EventSource source{.name = name, .place = event.place, .condition = function.condition};
  if (type.literal() == "SNS" && is_subscription(properties)) {
    source.function = read_function(context, function);
    read_subscription(context, properties, source, function.id + event.key + "Queue");
    sources.push_back(std::move(source));
    return;
  }
  const auto known = std::find_if(event_types.begin(), event_types.end(),
                                  [&](const EventType& entry) { return type.literal() == entry.name; });
  if (known == event_types.end()) return;
  source.kind = known->kind;
  source.function = read_function(context, function);
  read_settings(context, properties, known->arn_key, source);
  sources.push_back(std::move(source));
}

}  // namespace batchproof::lint
