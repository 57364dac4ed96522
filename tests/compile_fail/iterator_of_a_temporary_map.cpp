// expect: deleted.*begin
// shows: batchproof: keep the map in a variable
#include <batchproof/batch.hpp>

namespace bp = batchproof;

bool use(const bp::AttributeValue& value) {
#ifdef MENDED
  const auto map = value.as_map();
  return map.begin()->name.empty();
#else
  return value.as_map().begin()->name.empty();
#endif
}
