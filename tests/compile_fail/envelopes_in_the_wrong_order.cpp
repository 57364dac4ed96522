// expect: batchproof: this record has no such records inside
#include <batchproof/envelopes.hpp>

namespace bp = batchproof;

bp::BatchResponse use(const bp::Event<bp::SqsRecord>& event) {
#ifdef MENDED
  const auto handler = bp::sns_message(bp::s3_notification([](const bp::S3Notification&) {}));
#else
  const auto handler = bp::s3_notification(bp::sns_message([](const bp::SnsMessage&) {}));
#endif
  return bp::BatchProcessor<bp::SqsRecord>().process(event, handler).response();
}
