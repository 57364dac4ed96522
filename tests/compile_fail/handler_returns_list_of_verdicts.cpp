// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <vector>

namespace bp = batchproof;

#ifdef MENDED
using Result = bp::Kept<std::vector<bool>>;
#else
using Result = std::vector<bool>;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
