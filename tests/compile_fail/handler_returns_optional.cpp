// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <optional>

namespace bp = batchproof;

#ifdef MENDED
using Result = int;
#else
using Result = std::optional<int>;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
