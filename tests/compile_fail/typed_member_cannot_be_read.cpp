// expect: batchproof: a member has a type that cannot be read
#include <batchproof/typed.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Text = std::string;
#else
using Text = std::string_view;  // would outlive its text
#endif

struct Order {
  Text sku;
};
BOOST_DESCRIBE_STRUCT(Order, (), (sku))

std::string use(std::string_view payload, const bp::BatchProcessor<bp::SqsRecord>& processor) {
  return bp::process_partial_response(payload, bp::typed<Order>([](const Order&) {}), processor);
}
