#include "run_workloads.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

// Callgrind knows these two by name: it counts while the first one runs.
extern "C" {

[[gnu::noinline]] void planted_slowdown(unsigned long rounds) {
  volatile unsigned long round = 0;
  while (round < rounds) round = round + 1;
}

[[gnu::noinline]] void counted_part(const std::function<void()>& work, unsigned long planted_rounds) {
  work();
  if (planted_rounds != 0) planted_slowdown(planted_rounds);
}
}

namespace batchproof::bench {
namespace {

#ifdef __clang__
constexpr const char* compiler = "clang " __clang_version__;
#else
constexpr const char* compiler = "g++ " __VERSION__;
#endif

}  // namespace

int run_workloads(const std::vector<std::string>& arguments, const std::vector<Workload>& workloads) {
  const std::string wanted = arguments.size() > 1 ? arguments[1] : "--list";
  if (wanted == "--list") {
    for (const Workload& workload : workloads) std::puts(workload.name.c_str());
    return 0;
  }
  if (wanted == "--toolchain") {
    std::printf("%s\n%s\n", compiler, BATCHPROOF_COMPILER_FLAGS);
    return 0;
  }
  const auto found = std::find_if(workloads.begin(), workloads.end(),
                                  [&](const Workload& workload) { return workload.name == wanted; });
  if (found == workloads.end()) {
    std::fprintf(stderr, "there is no workload \"%s\"\n", wanted.c_str());
    return 2;
  }
  const std::function<void()> work = found->prepare();
  work();
  counted_part(work, arguments.size() > 2 ? std::stoul(arguments[2]) : 0);
  return 0;
}

}  // namespace batchproof::bench
