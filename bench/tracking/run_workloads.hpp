#pragma once

#include <functional>
#include <string>
#include <vector>

namespace batchproof::bench {

/// Work whose instructions are counted. `prepare` makes all that it needs, and is not counted itself.
struct Workload {
  std::string name;
  std::function<std::function<void()>()> prepare;
};

/// The `main` of a program of workloads, which script/track runs under callgrind.
///
///     PROGRAM --list            the names, one a line
///     PROGRAM --toolchain       compiler and flags, one a line
///     PROGRAM NAME [ROUNDS]     runs one: once uncounted, since a first run makes what is made once, and
///                               once counted. ROUNDS of `planted_slowdown` are counted with it: for the
///                               test that a slowdown is found.
///
/// The status is 2 when there is no such workload.
int run_workloads(const std::vector<std::string>& arguments, const std::vector<Workload>& workloads);

}  // namespace batchproof::bench
