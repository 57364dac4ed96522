// expect: deleted.*messages
// shows: batchproof: keep the batch in a variable
#include <batchproof/batch.hpp>

namespace bp = batchproof;

void handle(const bp::SqsRecord&) {}

std::size_t use(const bp::Event<bp::SqsRecord>& event) {
  const bp::BatchProcessor<bp::SqsRecord> processor;
#ifdef MENDED
  const auto batch = processor.process(event, handle);
  return batch.messages().size();
#else
  return processor.process(event, handle).messages().size();
#endif
}
