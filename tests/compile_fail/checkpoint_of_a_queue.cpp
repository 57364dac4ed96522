// expect: (constraints|no matching|invalid reference)
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Record = bp::KinesisStreamRecord;
#else
using Record = bp::SqsRecord;
#endif

void handle(const Record&) {}

void use(const bp::Event<Record>& event) {
  const auto batch = bp::BatchProcessor<Record>{}.process(event, handle);
  batch.checkpoint();
}
