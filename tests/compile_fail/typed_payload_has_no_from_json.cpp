// expect: batchproof: the type of a typed handler is described by BOOST_DESCRIBE_STRUCT, or has nlohmann's
#include <batchproof/json.hpp>

namespace bp = batchproof;

struct Order {
  int quantity = 0;
};
#ifdef MENDED
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, quantity)
#endif

std::string use(std::string_view payload, const bp::BatchProcessor<bp::SqsRecord>& processor) {
  return bp::process_partial_response(payload, bp::typed<Order>([](const Order&) {}), processor);
}
