// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>

namespace bp = batchproof;

struct WithoutError {
  bool has_value() const { return false; }
};
struct WithError {
  bool has_value() const { return false; }
  int error() const { return 1; }
};

#ifdef MENDED
using Result = WithError;
#else
using Result = WithoutError;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
