// expect: batchproof: the fold of a window changes the state in its place
#include <batchproof/windows.hpp>

namespace bp = batchproof;

std::string use(std::string_view payload) {
#ifdef MENDED
  const auto fold = [](std::string& state, const bp::KinesisStreamRecord&) { state += "x"; };
#else
  const auto fold = [](std::string& state, const bp::KinesisStreamRecord&) { return state + "x"; };
#endif
  const auto finish = [](const std::string&, const bp::Window&) {};
  return bp::process_window<std::string>(payload, fold, finish,
                                         bp::BatchProcessor<bp::KinesisStreamRecord>());
}
