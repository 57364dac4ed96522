// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = bp::Kept<bool>;
#else
using Result = bool;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
