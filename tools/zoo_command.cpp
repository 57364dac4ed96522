#include "zoo_command.hpp"

#include <fmt/core.h>

#include <batchproof/properties/kill_matrix.hpp>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <utility>
#include <vector>

#include "progress_line.hpp"
#include "terminal.hpp"
#include "zoo_output.hpp"

namespace batchproof::tools {
namespace {

std::vector<std::uint64_t> seeds_of(const ZooCommand& command) {
  std::vector<std::uint64_t> seeds;
  seeds.reserve(static_cast<std::size_t>(command.seeds));
  for (int number = 0; number < command.seeds; ++number) {
    seeds.push_back(command.seed + static_cast<std::uint64_t>(number));
  }
  return seeds;
}

ZooRun run_zoo(const ZooCommand& command) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine line;
  ZooRun run;
  run.matrix = properties::kill_matrix(command.cases, seeds_of(command),
                                       [&](std::size_t number, std::size_t of, const std::string& fault) {
                                         line.begin(fmt::format("{} of {} faults: {}", number, of, fault));
                                       });
  run.flaws = properties::flaws_in(run.matrix);
  if (command.end_to_end) {
    run.end_to_end = simulator::end_to_end_matrix(
        static_cast<std::size_t>(command.cases), command.seed,
        [&](std::size_t number, std::size_t of, const std::string& fault) {
          line.begin(fmt::format("{} of {} faults, end to end: {}", number, of, fault));
        });
    for (std::string& gap : simulator::gaps_in(run.end_to_end)) run.flaws.push_back(std::move(gap));
  }
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

}  // namespace

int zoo(const ZooCommand& command) {
  const ZooRun run = run_zoo(command);
  std::cout << (command.json ? json_of(run) : text_of(run, wants_colour(stdout)));
  return run.flaws.empty() ? 0 : 1;
}

}  // namespace batchproof::tools
