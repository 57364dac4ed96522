// expect: batchproof: what this function returns would hide a failure
#include <batchproof/idempotency/async_idempotent.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = bp::Kept<bool>;
#else
using Result = bool;
#endif

boost::asio::awaitable<Result> charge(const bp::SqsRecord&) { co_return Result(); }

std::string use(std::string_view payload, bp::IdempotencyStore& store,
                boost::asio::any_io_executor executor) {
  return bp::async_process_partial_response(payload, bp::async_idempotent(charge, store, executor),
                                            bp::AsyncBatchProcessor<bp::SqsRecord>());
}
