// expect: batchproof: a hook or an action returns nothing, or an outcome
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = bool;
#endif

const bp::BatchProcessor<bp::SqsRecord> processor{
    {.on_success = [](const bp::SqsRecord&) { return Result(); }}};
