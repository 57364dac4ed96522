// expect: batchproof: a hook or an action returns nothing, or an outcome
#include <batchproof/batch.hpp>
#include <future>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = std::future<void>;
#endif

const bp::QueueActions actions{.send_dead_letter = [](const bp::DeadLetterMessage&) { return Result(); }};
