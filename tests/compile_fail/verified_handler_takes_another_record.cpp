// expect: batchproof: a record handler takes .const Record&. or
#include <batchproof/properties/verify.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Record = bp::KinesisStreamRecord;
#else
using Record = bp::SqsRecord;
#endif

void handle(const Record&) {}

bool use() { return bp::verify_handler<bp::KinesisStreamRecord>(handle, {}).passed(); }
