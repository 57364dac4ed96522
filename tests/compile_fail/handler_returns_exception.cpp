// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <stdexcept>

namespace bp = batchproof;

struct NoStock : std::runtime_error {
  NoStock() : std::runtime_error("no stock") {}
};

#ifdef MENDED
using Result = void;
#else
using Result = NoStock;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
