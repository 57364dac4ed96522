// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <thread>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = std::thread;
#endif

std::string use(std::string_view payload) {
  const auto handle = [](const bp::SqsRecord&) { return Result(); };
  return bp::process_partial_response(payload, handle, bp::BatchProcessor<bp::SqsRecord>());
}
