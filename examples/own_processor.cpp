// An own processor: it collects the handler's results, and stores them when the batch is done.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

// Stands for a database table.
class Table {
 public:
  void put(std::string_view key, std::string_view value) {
    std::cout << "put " << key << " = " << value << '\n';
  }
};

class StoringProcessor : public bp::BasePartialProcessor<bp::SqsRecord, std::string> {
 public:
  explicit StoringProcessor(Table& table) : table_(table) {}

 protected:
  // Before the first record. The object may have served a batch before.
  void prepare() override { results_.clear(); }

  // For each record. Calling `handle` calls the record handler; what it throws is the record's failure.
  std::string process_record(const bp::SqsRecord& record) override {
    std::string result = handle(record);
    results_.emplace_back(record.message_id(), result);
    return result;
  }

  // After the last record. An exception fails the invocation, so that no result is lost.
  void clean() override {
    for (const auto& [message_id, result] : results_) table_.put(message_id, result);
  }

 private:
  Table& table_;
  std::vector<std::pair<std::string, std::string>> results_;
};

std::string handle_order(const bp::SqsRecord& record) {
  if (record.body().empty()) throw std::invalid_argument("an empty order");
  return "receipt for " + std::string(record.body());
}

std::string handle_event(std::string_view payload, Table& table) {
  StoringProcessor processor(table);  // it holds the state of one batch
  return bp::process_partial_response(payload, handle_order, processor);
}

int main() {
  Table table;
  std::cout << handle_event(bp::fixtures::sqs_event({
                                {.message_id = "m1", .body = "teapot"},
                                {.message_id = "m2", .body = ""},
                                {.message_id = "m3", .body = "saucer"},
                            }),
                            table)
            << '\n';
}
