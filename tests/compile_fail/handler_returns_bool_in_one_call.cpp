// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <string>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = bool;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

std::string use() { return bp::process_partial_response("{}", handle, bp::BatchProcessor<bp::SqsRecord>{}); }
