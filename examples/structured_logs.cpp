// One line of JSON for each failed record, with its identifier.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "none") throw std::invalid_argument("quantity must be at least 1");
}

// Records that were never handled have nothing wrong with them.
bool was_handled(const bp::Failure& failure) {
  try {
    std::rethrow_exception(failure.exception);
  } catch (const bp::NotHandledError&) {
    return false;
  } catch (...) {
    return true;
  }
}

void log_failure(const bp::SqsRecord& record, const bp::Failure& failure, const bp::LambdaContext& context) {
  const nlohmann::ordered_json line{{"level", was_handled(failure) ? "ERROR" : "INFO"},
                                    {"requestId", context.request_id},
                                    {"messageId", record.message_id()},
                                    {"attempt", record.attributes().approximate_receive_count().value_or(0)},
                                    {"cause", failure.cause}};
  // An error's text may be invalid UTF-8, which must not make the line fail.
  std::cout << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

// A processor is cheap to make: one for each invocation gives its hooks the request id.
std::string handle_event(std::string_view payload, const bp::LambdaContext& context) {
  const bp::SqsFifoPartialProcessor processor{
      {.on_failure = [&](const bp::SqsRecord& record, const bp::Failure& failure) {
        log_failure(record, failure, context);
      }}};
  return bp::process_partial_response(payload, handle_order, processor, context);
}

int main() {
  const std::string payload = bp::fixtures::sqs_fifo_event({
      {.message_id = "m1", .body = "teapot", .message_group_id = "alice"},
      {.message_id = "m2", .body = "none", .message_group_id = "alice", .approximate_receive_count = 3},
      {.message_id = "m3", .body = "saucer", .message_group_id = "alice"},
  });
  std::cout << handle_event(payload, {.request_id = "8f507cfc-xmpl-4697-b07a-ac58fc914c95"}) << '\n';
}
