#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/declarations.hpp"
#include "sources/property_reader.hpp"

namespace batchproof::lint {

/// All that is needed to read an event source in one possible deployment.
struct Context {
  const Application& application;
  const Declarations& declarations;
  Choices& choices;
  std::vector<Note>& notes;

  void note(Place place, std::string text) const { notes.push_back({place, std::move(text)}); }

  PropertyReader reader(const Resolver& resolver, const Node* properties, std::string subject) const {
    return {resolver, notes, properties == nullptr ? Value{} : resolver.resolve(*properties),
            std::move(subject)};
  }

  /// For the properties of a resource, under its own condition.
  Resolver resolver(const Declared& declared) const {
    return Resolver(application, declared.file, choices).where(declared.condition);
  }
  PropertyReader reader(const Declared& declared) const {
    return reader(resolver(declared), declared.properties, declared.id);
  }
};

LambdaFunction read_function(const Context& context, const Declared& function);

/// The function that `key` of a source names. One that no template declares is nothing, and becomes a note
/// where its timeout matters.
std::optional<LambdaFunction> find_function(const Context& context, const PropertyReader& properties,
                                            std::string_view key, const EventSource& source);

/// Sets the function of a source to the one that `key` names.
void read_function_of(const Context& context, const PropertyReader& properties, std::string_view key,
                      EventSource& source);

/// Nothing is known of the function, or there is none.
void forget_function(EventSource& source);

/// The table that the function's environment names; nothing when it names none that the template declares.
/// `properties` and `globals` are the function's.
std::optional<IdempotencyTable> read_idempotency_table(const Context& context, const Declared& function,
                                                       const PropertyReader& properties,
                                                       const PropertyReader& globals);

/// The queue, its redrive policy and its dead-letter queue. Adds texts that are not ARNs to `wrong`.
SourceQueue read_queue(const Context& context, const Declared& queue, std::vector<WrongArn>& wrong);

Flag read_fifo(const Context& context, const Declared& queue);

/// Whether the name ends in `.fifo`.
Flag fifo_by_arn(const Value& arn, Place place);

/// Adds to `wrong` the text at `key`, which needs an ARN, when it is another one: a queue's URL, a resource's
/// name, the ARN of a table.
void add_if_no_arn(const Context& context, const PropertyReader& properties, std::string_view key,
                   std::vector<WrongArn>& wrong);

/// The service or resource that an ARN or a reference names.
enum class Reached { sqs, kinesis, dynamodb, kafka, something_else, unknown };

Reached reached_by(const Context& context, const Value& arn);
SourceKind source_kind(Reached reached);

/// False for a resource of another type than a function's, and for an ARN of another service.
bool may_be_function(const Context& context, const Value& arn);

/// True for the ARN of a stream of DynamoDB; false for that of its table.
bool is_stream_of_table(const Value& arn);

/// The properties that an event and a mapping share. The kind, the names and the function are already set;
/// `arn_key` is the property that names the source.
void read_settings(const Context& context, const PropertyReader& properties, std::string_view arn_key,
                   EventSource& source);

/// Sets the queue or stream of a source, which `arn_key` names.
void read_origin(const Context& context, const PropertyReader& properties, std::string_view arn_key,
                 EventSource& source);

/// The on-failure destination, an ARN at `key`.
void read_destination(const Context& context, const PropertyReader& properties, std::string_view key,
                      EventSource& source);

void read_starting_position(const PropertyReader& properties, EventSource& source);
void read_filters(const PropertyReader& properties, EventSource& source);

// The resources that read from queues and streams.
void read_event(const Context& context, const Declared& function, const Node::Entry& event,
                std::vector<EventSource>& sources);
void read_mapping(const Context& context, const Declared& mapping, std::vector<EventSource>& sources);
void read_pipe(const Context& context, const Declared& pipe, std::vector<EventSource>& sources);

}  // namespace batchproof::lint
