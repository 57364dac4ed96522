// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>

namespace bp = batchproof;

struct Status {
  bool ok() const { return true; }
};

#ifdef MENDED
using Result = void;
#else
using Result = Status;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
