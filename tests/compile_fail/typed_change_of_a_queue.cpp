// expect: batchproof: a bp::Change is the payload of a DynamoDbRecord alone
#include <batchproof/typed.hpp>

namespace bp = batchproof;

struct Order {
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (quantity))

#ifdef MENDED
using Record = bp::DynamoDbRecord;
#else
using Record = bp::SqsRecord;
#endif

std::string use(std::string_view payload, const bp::BatchProcessor<Record>& processor) {
  return bp::process_partial_response(payload, bp::typed<bp::Change<Order>>([](const bp::Change<Order>&) {}),
                                      processor);
}
