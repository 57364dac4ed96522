#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// Changes the arguments of this program (the first is the program itself) so that they repeat one test
/// alone.
using NarrowArguments = std::function<std::vector<std::string>(std::vector<std::string> arguments)>;

/// Sets how `replay_command` narrows this program's arguments; `<batchproof/gtest.hpp>` sets it for
/// GoogleTest. Call it before any test runs.
void narrow_replay(NarrowArguments narrow);

/// One shell command that runs this program again with the same random cases; without the program if the
/// system does not give its command line.
std::string replay_command(std::uint64_t seed, int cases);

}  // namespace batchproof::properties
