// Coroutine handlers: many wait on one thread.

#include <batchproof/async.hpp>
#include <batchproof/fixtures/events.hpp>
#include <boost/asio/steady_timer.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;
namespace asio = boost::asio;

asio::awaitable<std::string> charge_customer(const bp::SqsRecord& record) {
  asio::steady_timer answer(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
  co_await answer.async_wait(asio::use_awaitable);  // for a service
  if (record.body() == "no card") throw std::runtime_error("declined");
  co_return "receipt for " + std::string(record.body());
}

const bp::AsyncBatchProcessor<bp::SqsRecord> processor{{.max_concurrency = 100}};

std::string handle_event(std::string_view payload, const bp::LambdaContext& context) {
  return bp::async_process_partial_response(payload, charge_customer, processor, context);
}

// On an executor of your own, with the messages and what the handlers came to.
asio::awaitable<void> show(std::string payload) {
  const auto event = bp::decode<bp::SqsRecord>(std::move(payload));
  const auto batch = co_await processor.process(event, charge_customer);
  for (const auto& message : batch.messages())
    std::cout << message.record.message_id() << ": " << message.result.value_or(message.cause) << '\n';
}

int main() {
  const std::string payload = bp::fixtures::sqs_event({{.message_id = "m1", .body = "a pot"},
                                                       {.message_id = "m2", .body = "no card"},
                                                       {.message_id = "m3", .body = "a cup"}});
  std::cout << handle_event(payload, {}) << '\n';
  asio::io_context context;
  asio::co_spawn(context, show(payload), asio::detached);
  context.run();
}
