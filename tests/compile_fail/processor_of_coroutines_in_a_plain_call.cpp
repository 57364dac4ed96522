// expect: batchproof: a processor of coroutines belongs to async_process_partial_response
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>

namespace bp = batchproof;

boost::asio::awaitable<void> handle(const bp::SqsRecord&);

std::string use(std::string_view payload) {
  const bp::AsyncBatchProcessor<bp::SqsRecord> processor;
#ifdef MENDED
  return bp::async_process_partial_response(payload, handle, processor);
#else
  return bp::process_partial_response(payload, handle, processor);
#endif
}
