// A processor of coroutine handlers that ignores message groups, and the verification that finds this.

#include <batchproof/async.hpp>
#include <batchproof/concurrency.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

// Right for a standard queue; the messages of a FIFO queue it handles together, whatever their group.
const bp::AsyncBatchProcessor<bp::SqsRecord> processor{
    {.raise_on_entire_batch_failure = false, .allow_fifo = true, .max_concurrency = 2}};

boost::asio::awaitable<std::string> answer(std::string_view payload, bp::ConcurrentProbe& probe) {
  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = co_await processor.process(event, std::ref(probe));
  co_return batch.to_json();
}

int main() {
  std::cout << bp::verify_concurrency<bp::SqsRecord>(answer, {.fifo = true,
                                                              .skip_group_on_error = true,
                                                              .raise_on_entire_batch_failure = false,
                                                              .max_concurrency = 2,
                                                              .seed = 7})
                   .text()
            << '\n';
}
