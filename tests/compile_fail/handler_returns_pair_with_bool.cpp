// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <utility>

namespace bp = batchproof;

#ifdef MENDED
using Result = std::pair<bp::Kept<bool>, std::string>;
#else
using Result = std::pair<bool, std::string>;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
