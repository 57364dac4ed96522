// expect: batchproof: a record handler takes
#include <batchproof/batch.hpp>
#include <string>

namespace bp = batchproof;

#ifdef MENDED
using Record = bp::SqsRecord;
#else
using Record = bp::DynamoDbRecord;
#endif

void handle(const Record&) {}

std::string use() { return bp::process_partial_response("{}", handle, bp::SqsFifoPartialProcessor{}); }
