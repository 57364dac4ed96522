// expect: deleted.*process
// shows: batchproof: keep the event in a variable
#include <batchproof/batch.hpp>
#include <utility>

namespace bp = batchproof;

void handle(const bp::SqsRecord&) {}

void use(bp::Event<bp::SqsRecord> event) {
#ifdef MENDED
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
#else
  bp::BatchProcessor<bp::SqsRecord>{}.process(std::move(event), handle);
#endif
}
