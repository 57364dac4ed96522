// expect: use of deleted function|call to deleted member function
// shows: batchproof: keep the event in a variable
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>

namespace bp = batchproof;

boost::asio::awaitable<void> handle(const bp::SqsRecord&) { co_return; }

boost::asio::awaitable<void> use(std::string payload) {
  const bp::AsyncBatchProcessor<bp::SqsRecord> processor;
#ifdef MENDED
  const auto event = bp::decode<bp::SqsRecord>(std::move(payload));
  co_await processor.process(event, handle);
#else
  co_await processor.process(bp::decode<bp::SqsRecord>(std::move(payload)), handle);
#endif
}
