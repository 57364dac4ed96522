// expect: batchproof: what this coroutine returns would hide a failure
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = bp::Kept<bool>;
#else
using Result = bool;
#endif

boost::asio::awaitable<Result> handle(const bp::SqsRecord&) { co_return Result(); }

std::string use(std::string_view payload) {
  return bp::async_process_partial_response(payload, handle, bp::AsyncBatchProcessor<bp::SqsRecord>());
}
