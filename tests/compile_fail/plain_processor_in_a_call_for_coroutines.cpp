// expect: batchproof: async_process_partial_response takes a processor of coroutines
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>

namespace bp = batchproof;

boost::asio::awaitable<void> handle(const bp::SqsRecord&);

std::string use(std::string_view payload) {
#ifdef MENDED
  const bp::AsyncBatchProcessor<bp::SqsRecord> processor;
#else
  const bp::BatchProcessor<bp::SqsRecord> processor;
#endif
  return bp::async_process_partial_response(payload, handle, processor);
}
