// expect: batchproof: this handler's result would hide a failure
#include <batchproof/properties/verify.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = bool;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

bool use() { return bp::verify_handler<bp::SqsRecord>(handle, {}).passed(); }
