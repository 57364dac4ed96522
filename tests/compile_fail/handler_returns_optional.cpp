// expect: batchproof: this handler's result would drop a failure in silence
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
