// expect: batchproof: what this function returns would hide a failure
#include <batchproof/properties/fuzz.hpp>

namespace bp = batchproof;

#ifdef MENDED
void handle(const bp::SqsRecord&) {}
#else
bool handle(const bp::SqsRecord&) { return false; }
#endif

BATCHPROOF_FUZZ_HANDLER(handle, bp::SqsRecord, {.accepted = {"good"}})
