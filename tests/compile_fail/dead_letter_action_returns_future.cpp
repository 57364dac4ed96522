// expect: batchproof: what this function returns would hide a failure
#include <batchproof/batch.hpp>
#include <future>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = std::future<void>;
#endif

const bp::QueueActions actions{.send_dead_letter = [](const bp::DeadLetterMessage&) { return Result(); }};
