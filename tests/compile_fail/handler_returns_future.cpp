// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <future>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = std::future<void>;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
