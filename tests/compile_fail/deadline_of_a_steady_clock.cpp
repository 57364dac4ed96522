// expect: steady_clock.*(system_clock|LambdaContext)|could not convert.*steady_clock
#include <batchproof/batch.hpp>
#include <chrono>

namespace bp = batchproof;
using namespace std::chrono_literals;

#ifdef MENDED
const bp::LambdaContext context{.deadline = std::chrono::system_clock::now() + 3s};
#else
const bp::LambdaContext context{.deadline = std::chrono::steady_clock::now() + 3s};
#endif
