// expect: deleted.*records
// shows: batchproof: keep the event in a variable
#include <batchproof/batch.hpp>

namespace bp = batchproof;

std::size_t use() {
#ifdef MENDED
  const auto event = bp::decode<bp::SqsRecord>("{}");
  return event.records().size();
#else
  return bp::decode<bp::SqsRecord>("{}").records().size();
#endif
}
