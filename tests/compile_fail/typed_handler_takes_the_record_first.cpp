// expect: batchproof: a typed handler takes .const Payload&., then the record
#include <batchproof/json.hpp>

namespace bp = batchproof;

bp::BatchResponse use(const bp::Event<bp::SqsRecord>& event) {
#ifdef MENDED
  const auto handler = bp::typed<int>([](const int&, const bp::SqsRecord&) {});
#else
  const auto handler = bp::typed<int>([](const bp::SqsRecord&, const int&) {});
#endif
  return bp::BatchProcessor<bp::SqsRecord>().process(event, handler).response();
}
