// Handlers that run beside themselves, and the race that a verification finds in one of them.

#include <batchproof/async.hpp>
#include <batchproof/concurrency.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

int reserved = 0;  // items of a stock that all orders share

// Reads the stock, waits for a service, and writes what it read before: an order in between is forgotten.
boost::asio::awaitable<void> reserve_item(const bp::SqsRecord& record) {
  if (record.body() != "one item") throw std::invalid_argument("no order");
  const int before = reserved;
  boost::asio::steady_timer answer(co_await boost::asio::this_coro::executor, std::chrono::milliseconds(2));
  co_await answer.async_wait(boost::asio::use_awaitable);  // for a service
  reserved = before + 1;
}

std::string check_stock(const batchproof::properties::Observation& run) {
  int orders = 0;
  for (const auto& call : run.calls) orders += call.threw ? 0 : 1;
  if (reserved == orders) return "";
  return std::to_string(orders) + " orders reserved " + std::to_string(reserved) + " items";
}

int main() {
  std::cout << bp::verify_concurrency<bp::SqsRecord>(reserve_item, {.accepted = {"one item"},
                                                                    .rejected = {"not an order"},
                                                                    .max_concurrency = 2,
                                                                    .seed = 7,
                                                                    .before_each = [] { reserved = 0; },
                                                                    .check = check_stock})
                   .text()
            << '\n';
}
