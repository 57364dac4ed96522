// expect: batchproof: a record handler takes
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Record = bp::SqsRecord;
#else
using Record = bp::KinesisStreamRecord;
#endif

void handle(const Record&) {}

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
