// expect: batchproof: a typed handler that returns something cannot ignore payloads
#include <batchproof/typed.hpp>

namespace bp = batchproof;

struct Order {
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (quantity))

std::string use(std::string_view payload, const bp::BatchProcessor<bp::SqsRecord>& processor) {
  const auto handler = [](const Order& order) { return order.quantity; };
#ifdef MENDED
  const auto on_error = [](const bp::PayloadError&) { return 0; };
#else
  const auto on_error = bp::ignore_payload_errors;
#endif
  return bp::process_partial_response(payload, bp::typed<Order>(handler, on_error), processor);
}
