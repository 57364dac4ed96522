// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <exception>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = std::exception_ptr;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
