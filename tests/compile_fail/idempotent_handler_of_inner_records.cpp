// expect: batchproof: idempotent takes a handler of the records of a queue, stream or topic
#include <batchproof/envelopes.hpp>
#include <batchproof/idempotency/idempotent.hpp>

namespace bp = batchproof;

void handle(const bp::UserRecord&) {}

bp::BatchResponse use(const bp::Event<bp::KinesisStreamRecord>& event, bp::IdempotencyStore& store) {
#ifdef MENDED
  const auto handler = bp::idempotent(bp::user_records(handle), store);
#else
  const auto handler = bp::user_records(bp::idempotent(handle, store));
#endif
  return bp::BatchProcessor<bp::KinesisStreamRecord>().process(event, handler).response();
}
