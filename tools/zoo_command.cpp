#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/end_to_end_faults.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "command.hpp"
#include "options.hpp"
#include "output.hpp"
#include "progress_line.hpp"
#include "terminal.hpp"
#include "zoo_output.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_zoo = "Show which law catches which broken processor or handler";

constexpr const char* zoo_footer =
    R"(Each law runs alone, with all others off, on random batches until it catches the fault.
The law that a fault names must catch it with every seed; the others run with the
first seed. The same options give the same figures.

Examples:
  batchproof zoo
  batchproof zoo --seeds 50
  batchproof zoo --cases 500 --json
  batchproof zoo --seeds 50 --shard 0/4 --json > shard-0.json    (a quarter)
  batchproof zoo --end-to-end     losses and order in the simulator
  batchproof zoo --small-cases    what small batches alone show

Status: 0 when each fault is caught by the law it names, each law catches a fault and no
two faults look the same; 1 otherwise; 2 when the command could not run. Two faults look
the same when the same laws catch them, after as many random batches, with the same
violations of the same smallest batch.)";

struct ZooOptions {
  int seeds = 5;           ///< for the law that must catch a fault
  int cases = 200;         ///< most random batches or worlds for each trial
  std::uint64_t seed = 1;  ///< the first; the others follow it
  fixtures::Shard shard{};
  bool end_to_end = false;   ///< also the end-to-end laws, which takes some minutes
  bool small_cases = false;  ///< instead of the matrix
  bool json = false;
};

std::vector<std::uint64_t> seeds_of(const ZooOptions& options) {
  std::vector<std::uint64_t> seeds;
  seeds.reserve(static_cast<std::size_t>(options.seeds));
  for (int number = 0; number < options.seeds; ++number) {
    seeds.push_back(options.seed + static_cast<std::uint64_t>(number));
  }
  return seeds;
}

ZooRun run_zoo(const ZooOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine line;
  ZooRun run;
  const auto show_as = [&](const char* what) -> zoo::ZooProgress {
    return [&line, what](std::size_t number, std::size_t of, const std::string& fault) {
      line.begin(fmt::format("{} of {} {}: {}", number, of, what, fault));
    };
  };
  run.matrix = zoo::mutation_matrix(zoo::batch_faults(), options.cases, seeds_of(options), show_as("faults"),
                                    options.shard);
  if (options.end_to_end) {
    run.end_to_end = zoo::mutation_matrix(zoo::end_to_end_faults(), options.cases, {options.seed},
                                          show_as("faults, end to end"), options.shard);
  }
  run.gaps = gaps_of(run);
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

int compare_small_cases(const ZooOptions& options) {
  ProgressLine line;
  print(tools::text_of(zoo::small_case_trials(
      options.cases, seeds_of(options), [&](std::size_t number, std::size_t of, const std::string& fault) {
        line.begin(fmt::format("{} of {} faults: {}", number, of, fault));
      })));
  return 0;
}

int zoo(const ZooOptions& options) {
  if (options.small_cases) return compare_small_cases(options);
  const ZooRun run = run_zoo(options);
  print(options.json ? json_of(run) : text_of(run, wants_colour(stdout)));
  return run.gaps.empty() ? 0 : 1;
}

}  // namespace

void add_zoo(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ZooOptions>();
  CLI::App& command = *app.add_subcommand("zoo", about_zoo);
  add_number(command, "--seeds", options->seeds, {1, 10'000},
             "How often a fault is tried by the law it names");
  add_number(command, "--cases", options->cases, number_of_cases, "Random batches for each trial, at most");
  add_number(command, "--seed", options->seed, {}, "The first seed; the others follow it")->type_name("S");
  CLI::Option* const shard =
      add_shard(command, options->shard, "Only this part of the faults, such as 0/4 to 3/4; see merge");
  CLI::Option* const end_to_end = command.add_flag(
      "--end-to-end", options->end_to_end, "The end-to-end laws too, in simulated worlds: some minutes more");
  CLI::Option* const json = command.add_flag("--json", options->json, "Print one JSON object");
  command
      .add_flag("--small-cases", options->small_cases,
                "What small batches show that random ones do not, and with how many records; as text")
      ->excludes(shard)
      ->excludes(end_to_end)
      ->excludes(json);
  command.footer(zoo_footer);
  command.callback([options, &action] { action = [options] { return zoo(*options); }; });
}

}  // namespace batchproof::tools
