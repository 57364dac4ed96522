// expect: batchproof: this handler is a coroutine: pass verify_handler a processor
#include <batchproof/async.hpp>
#include <batchproof/properties/verify.hpp>

namespace bp = batchproof;

boost::asio::awaitable<void> handle(const bp::SqsRecord&) { co_return; }

bool use() {
#ifdef MENDED
  return bp::verify_handler<bp::SqsRecord>(handle, bp::AsyncBatchProcessor<bp::SqsRecord>(), {}).passed();
#else
  return bp::verify_handler<bp::SqsRecord>(handle, {}).passed();
#endif
}
