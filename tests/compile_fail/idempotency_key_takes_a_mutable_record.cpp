// expect: batchproof: a function that returns the key or the payload of a record takes
#include <batchproof/idempotency/options.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Record = const bp::SqsRecord;
#else
using Record = bp::SqsRecord;
#endif

const bp::IdempotencyOptions options{.key = [](Record& record) { return record.body(); }};
