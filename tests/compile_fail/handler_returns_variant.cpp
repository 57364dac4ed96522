// expect: batchproof: this handler's result would drop a failure in silence
#include <batchproof/batch.hpp>
#include <variant>

namespace bp = batchproof;

#ifdef MENDED
using Result = int;
#else
using Result = std::variant<int, std::string>;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
