// expect: batchproof: what this function returns would hide a failure
#include <batchproof/windows.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = bool;
#endif

std::string use(std::string_view payload) {
  const auto fold = [](std::string&, const bp::KinesisStreamRecord&) {};
  const auto finish = [](const std::string&, const bp::Window&) { return Result(); };
  return bp::process_window<std::string>(payload, fold, finish,
                                         bp::BatchProcessor<bp::KinesisStreamRecord>());
}
