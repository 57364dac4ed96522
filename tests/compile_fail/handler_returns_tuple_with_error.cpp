// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <system_error>
#include <tuple>

namespace bp = batchproof;

#ifdef MENDED
using Result = std::tuple<int, std::string>;
#else
using Result = std::tuple<int, std::error_code>;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
