// expect: batchproof: a result that is kept is a std::string
#include <batchproof/idempotency/idempotent.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = std::string;
#else
using Result = std::string_view;
#endif

bp::BatchResponse use(const bp::Event<bp::SqsRecord>& event, bp::IdempotencyStore& store) {
  const auto handler =
      bp::idempotent([](const bp::SqsRecord& record) { return Result(record.body()); }, store);
  return bp::BatchProcessor<bp::SqsRecord>().process(event, handler).response();
}
