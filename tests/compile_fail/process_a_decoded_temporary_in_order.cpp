// expect: deleted.*process
// shows: batchproof: keep the event in a variable
#include <batchproof/batch.hpp>

namespace bp = batchproof;

void handle(const bp::SqsRecord&) {}

void use() {
  const bp::SqsFifoPartialProcessor processor;
#ifdef MENDED
  const auto event = bp::decode<bp::SqsRecord>("{}");
  processor.process(event, handle);
#else
  processor.process(bp::decode<bp::SqsRecord>("{}"), handle);
#endif
}
