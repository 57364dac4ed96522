// The speed of a record handler: a benchmark for each size of a batch, in one line.

#include <nlohmann/json.hpp>

#include <batchproof/benchmarking.hpp>
#include <stdexcept>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const auto* const handles_orders =
    bp::benchmark_handler<bp::SqsRecord>("handle_order", handle_order, {.accepted = {R"({"quantity": 2})"}});

const auto* const one_in_twenty_fails = bp::benchmark_handler<bp::SqsRecord>(
    "handle_order, 5% fail", handle_order,
    {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})"}, .failure_rate = 0.05});

int main(int argument_count, char** arguments) { return bp::run_benchmarks(argument_count, arguments); }
