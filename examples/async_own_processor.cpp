// An own processor of coroutine handlers: results are stored in `clean`, all at once.

#include <batchproof/async.hpp>
#include <batchproof/fixtures/events.hpp>
#include <iostream>
#include <vector>

#include <batchproof/batch.hpp>

namespace bp = batchproof;
namespace asio = boost::asio;

class StoringProcessor : public bp::AsyncBasePartialProcessor<bp::SqsRecord, std::string> {
 public:
  explicit StoringProcessor(Options options) : AsyncBasePartialProcessor(std::move(options)) {}

 protected:
  asio::awaitable<void> prepare() override {
    receipts_.clear();
    co_return;
  }

  asio::awaitable<std::string> process_record(const bp::SqsRecord& record) override {
    std::string receipt = co_await handle(record);
    receipts_.push_back(receipt);
    co_return receipt;
  }

  asio::awaitable<void> clean() override {
    std::cout << "stores " << receipts_.size() << " receipts\n";
    co_return;
  }

 private:
  std::vector<std::string> receipts_;
};

asio::awaitable<std::string> charge_customer(const bp::SqsRecord& record) {
  if (record.body() == "no card") throw std::runtime_error("declined");
  co_return "receipt for " + std::string(record.body());
}

int main() {
  StoringProcessor processor{{.max_concurrency = 10}};
  const std::string payload = bp::fixtures::sqs_event({{.message_id = "m1", .body = "a pot"},
                                                       {.message_id = "m2", .body = "no card"},
                                                       {.message_id = "m3", .body = "a cup"}});
  std::cout << bp::async_process_partial_response(payload, charge_customer, processor) << '\n';
}
