// expect: batchproof: a hook or an action returns nothing, or an outcome
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
constexpr auto send = [](const bp::DeadLetterMessage&) {};
#else
constexpr auto send = [](const bp::DeadLetterMessage&) { return 500; };  // an HTTP status
#endif

const bp::QueueActions actions{.send_dead_letter = send};
