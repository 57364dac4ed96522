// expect: deleted.*process
// shows: batchproof: keep the event in a variable
#include <batchproof/batch.hpp>
#include <utility>

namespace bp = batchproof;

void handle(const bp::SqsRecord&) {}

class OwnProcessor : public bp::BasePartialProcessor<bp::SqsRecord> {};

void use(bp::Event<bp::SqsRecord> event) {
#ifdef MENDED
  OwnProcessor{}.process(event, handle);
#else
  OwnProcessor{}.process(std::move(event), handle);
#endif
}
