// expect: batchproof: an asynchronous record handler takes
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
boost::asio::awaitable<void> handle(const bp::SqsRecord&) { co_return; }
#else
void handle(const bp::SqsRecord&) {}
#endif

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::AsyncBatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
