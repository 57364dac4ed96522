// expect: batchproof: process_partial_response takes .payload, handler, processor
#include <batchproof/batch.hpp>
#include <string>

namespace bp = batchproof;

void handle(const bp::SqsRecord&) {}

const bp::BatchProcessor<bp::SqsRecord> processor;

#ifdef MENDED
std::string use() { return bp::process_partial_response("{}", handle, processor); }
#else
std::string use() { return bp::process_partial_response("{}", processor, handle); }
#endif
