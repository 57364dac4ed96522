// expect: batchproof: this record has no payload that typed could read
#include <batchproof/envelopes.hpp>

namespace bp = batchproof;

bp::BatchResponse use(const bp::Event<bp::SqsRecord>& event) {
#ifdef MENDED
  const auto handler = bp::s3_notification([](const bp::S3Notification&) {});
#else
  const auto handler = bp::s3_notification(bp::typed<int>([](const int&) {}));
#endif
  return bp::BatchProcessor<bp::SqsRecord>().process(event, handler).response();
}
