// expect: batchproof: the result of this handler of inner records would hide a failure
#include <batchproof/envelopes.hpp>

namespace bp = batchproof;

bp::BatchResponse use(const bp::Event<bp::SqsRecord>& event) {
#ifdef MENDED
  const auto handler = bp::sns_message([](const bp::SnsMessage&) {});
#else
  const auto handler = bp::sns_message([](const bp::SnsMessage&) { return true; });
#endif
  return bp::BatchProcessor<bp::SqsRecord>().process(event, handler).response();
}
