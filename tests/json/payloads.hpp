#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/json/typed.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof {

/// The value that a typed handler was given for one record; or the record's cause of failure, if it was given
/// nothing.
template <class Given>
struct Handled {
  std::optional<Given> payload;
  std::string cause;
};

template <class Payload>
Handled<Payload> read_body(std::string body) {
  const BatchProcessor<SqsRecord> processor({.raise_on_entire_batch_failure = false});
  const auto event = decode<SqsRecord>(fixtures::sqs_event({{.message_id = "m1", .body = std::move(body)}}));
  Handled<Payload> handled;
  const auto batch =
      processor.process(event, typed<Payload>([&](const Payload& given) { handled.payload = given; }));
  handled.cause = batch.messages()[0].cause;
  return handled;
}

/// The same for the new image of an item.
template <class Payload>
Handled<Payload> read_new_image(std::string_view item) {
  const BatchProcessor<DynamoDbRecord> processor({.raise_on_entire_batch_failure = false});
  const auto event = decode<DynamoDbRecord>(
      fixtures::dynamodb_event({{.sequence_number = "1", .new_image = fixtures::item(item)}}));
  Handled<Payload> handled;
  const auto batch = processor.process(
      event, typed<Payload>([&](const Change<Payload>& change) { handled.payload = change.new_image; }));
  handled.cause = batch.messages()[0].cause;
  return handled;
}

}  // namespace batchproof
