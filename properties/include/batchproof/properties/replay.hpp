#pragma once

#include <batchproof/fixtures/shard.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// Changes the arguments of this program (the first is the program itself) so that they run one test alone.
using NarrowArguments = std::function<std::vector<std::string>(std::vector<std::string> arguments)>;

/// Sets how `replay_command` narrows this program's arguments; `<batchproof/gtest.hpp>` sets it for
/// GoogleTest. Call it before any test runs.
void narrow_replay(NarrowArguments narrow);

/// Sets how to name the running test, for `verify_handler` and `verify_processor`. The name must be empty
/// outside of tests, and different each time that a test runs. During a test, this program confirms a
/// counterexample by executing itself again with the arguments of `narrow_replay`. Call it before any test
/// runs.
void identify_test(std::function<std::string()> identify);

/// The running test by `identify_test`; empty when there is none.
std::string running_test();

/// The arguments of this program, narrowed to the running test.
std::vector<std::string> narrowed_arguments();

/// One shell command that runs this program again with the same random cases, and with the small ones that
/// BATCHPROOF_PROFILE and BATCHPROOF_SMALL_CASES_MILLISECONDS choose now. It lacks the program if the system
/// does not provide this process's command line.
std::string replay_command(std::uint64_t seed, int cases, const fixtures::Shard& shard = {});

/// One argument of a command, in quotes if a POSIX shell would otherwise change it.
std::string quoted_for_shell(const std::string& argument);

}  // namespace batchproof::properties
