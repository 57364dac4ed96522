// Handlers that wait use their time: message groups are handled together, in order within each.

#include <atomic>
#include <batchproof/fixtures/events.hpp>
#include <iostream>
#include <latch>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

std::atomic<int> at_work = 0;
std::latch both_at_work(2);

// Stands for a call of the AWS SDK, or of a database, that takes a while.
void charge_customer(const bp::SqsRecord& record) {
  ++at_work;
  if (record.message_id() == "m1" || record.message_id() == "m3") both_at_work.arrive_and_wait();
  if (record.body() == "no card") throw std::runtime_error("declined");
}

const bp::SqsFifoPartialProcessor processor{{.skip_group_on_error = true, .max_concurrency = 8}};

std::string handle_event(std::string_view payload, const bp::LambdaContext& context) {
  return bp::process_partial_response(payload, charge_customer, processor, context);
}

int main() {
  const std::string payload =
      bp::fixtures::sqs_fifo_event({{.message_id = "m1", .body = "no card", .message_group_id = "ann"},
                                    {.message_id = "m2", .body = "a pot", .message_group_id = "ann"},
                                    {.message_id = "m3", .body = "a cup", .message_group_id = "bob"}});
  std::cout << handle_event(payload, {}) << '\n';
  std::cout << at_work << " messages were handled, two of them together\n";

  try {
    bp::SqsFifoPartialProcessor{{.max_concurrency = 8}};
  } catch (const std::invalid_argument& error) {
    std::cout << error.what() << '\n';
  }
}
