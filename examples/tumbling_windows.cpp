// Totals of a tumbling window. The event source mapping has TumblingWindowInSeconds.

#include <iostream>

#include <batchproof/windows.hpp>

namespace bp = batchproof;

struct Totals {
  int orders = 0;
  double turnover = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Totals, orders, turnover)

void add_order(Totals& totals, const bp::KinesisStreamRecord& record) {
  const auto order = nlohmann::json::parse(record.data());
  totals.orders += 1;
  totals.turnover += order.at("price").get<double>();
}

void publish(const Totals& totals, const bp::Window& window) {
  std::cout << window.shard_id << ": " << totals.orders << " orders, " << totals.turnover << " EUR\n";
}

const bp::BatchProcessor<bp::KinesisStreamRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_window<Totals>(payload, add_order, publish, processor);
}

// An event of the window with one record for each of these data, in base64.
std::string event_of(std::initializer_list<std::string_view> data, std::string_view state, bool is_final) {
  std::string records;
  int number = 0;
  for (const std::string_view bytes : data) {
    records += (number == 0 ? "" : ",");
    records += R"({"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":")" + std::to_string(++number) +
               R"(","partitionKey":"k","data":")" + std::string(bytes) + R"("}})";
  }
  return R"({"Records":[)" + records +
         R"(],"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":)" +
         std::string(state) + R"(,"shardId":"shardId-000000000006","isFinalInvokeForWindow":)" +
         (is_final ? "true" : "false") + R"(,"isWindowTerminatedEarly":false})";
}

int main() {
  constexpr std::string_view ten = "eyJwcmljZSI6IDEwfQ==";  // {"price": 10}
  std::cout << handle_event(event_of({ten, ten}, "{}", false)) << '\n'
            << handle_event(event_of({ten, "e30=", ten}, R"({"orders":2,"turnover":20.0})", false)) << '\n'
            << handle_event(event_of({ten}, R"({"orders":3,"turnover":30.0})", true)) << '\n';
}
