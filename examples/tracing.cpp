// A span for each handled record, in the trace of its sender.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/json.hpp>

namespace bp = batchproof;
using namespace std::chrono_literals;

// Tests need not wait: this clock advances with the work.
std::chrono::milliseconds work_time{0};

// Stands for the span of a tracing library: it begins where it is made and ends where it is left.
class Span {
 public:
  Span(std::string_view name, std::optional<std::string_view> trace) : line_{{"span", name}} {
    if (trace) line_["trace"] = *trace;
  }
  ~Span() {
    line_["milliseconds"] = (work_time - begin_).count();
    std::cout << line_.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;

  void set(const std::string& name, nlohmann::ordered_json value) { line_[name] = std::move(value); }

 private:
  nlohmann::ordered_json line_;
  std::chrono::milliseconds begin_ = work_time;
};

// Any handler, with a span around it. The result passes through; the span holds the record's id and
// error.
template <class Handler>
auto traced(Handler handler) {
  return [handler](const bp::SqsRecord& record, const bp::LambdaContext& context) {
    Span span("handle_order", record.attributes().aws_trace_header());
    span.set("messageId", record.message_id());
    span.set("attempt", record.attributes().approximate_receive_count().value_or(0));
    try {
      return handler(record, context);
    } catch (const std::exception& error) {
      span.set("error", error.what());
      throw;  // the record must still fail
    } catch (...) {
      span.set("error", "not an exception");
      throw;
    }
  };
}

struct Order {
  int quantity = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, quantity)

std::string handle_order(const Order& order) {
  work_time += order.quantity * 10ms;
  if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
  return std::string(100'000, '*');  // a receipt of 100 kB
}

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, traced(bp::typed<Order>(handle_order)), processor);
}

int main() {
  const std::string payload = bp::fixtures::sqs_event(
      {{.message_id = "m1",
        .body = R"({"quantity": 2})",
        .aws_trace_header = "Root=1-5759e988-bd862e3fe1be46a994272793"},
       {.message_id = "m2", .body = R"({"quantity": 0})", .approximate_receive_count = 3}});
  std::cout << handle_event(payload) << '\n';
}
