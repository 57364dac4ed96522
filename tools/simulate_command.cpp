#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator.hpp>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "output.hpp"
#include "progress_line.hpp"
#include "simulate_options.hpp"
#include "simulate_output.hpp"
#include "simulated_subject.hpp"
#include "simulation_notes.hpp"
#include "simulation_page.hpp"
#include "soak.hpp"
#include "terminal.hpp"
#include "trace_output.hpp"
#include "usage_error.hpp"
#include "wording.hpp"
#include "world_history.hpp"

namespace batchproof::tools {
namespace {

using simulator::World;

constexpr const char* about_simulate =
    "Simulate the service around a function, and show the life of its messages";

constexpr const char* simulate_footer =
    R"(The processor is this library's, or that of --function or --subject; the source, its
retries and the faults are simulated, in virtual time. Faults come in the first 10 minutes. A poison
message fails at every delivery. Every message must end processed, dead-lettered or expired.

A function is judged by its answers. Without --handled, each record that it does not report counts as
handled: one that forgets a record without a word passes. --function is for every source but those
with windows, whose state the function alone knows, and not for --replay, which runs a trace of this
library's processor or of --subject.

Examples:
  batchproof simulate --source sqs_fifo --poison 3 --crash-rate 0.01 --seed 7
  batchproof simulate --poison 20 --compare    beside no partial responses
  batchproof simulate --source kinesis --poison 3 --retries 5 --html report.html
  batchproof simulate --source kinesis --poison 3 --retries 3 --bisect --compare
  batchproof simulate --messages 5 --poison 1 --trace > trace.jsonl
  batchproof simulate --replay trace.jsonl     the first line that differs
  batchproof simulate --source kinesis_window --tumbling-window 60
  batchproof simulate --source kinesis_pipe --retries 3 --stop-on-first-failure
  batchproof simulate --soak 100000000 --seed 1
  batchproof simulate --worlds 100000 --seed 1 --shard 0/4 --json > shard-0.json
  batchproof simulate --source dynamodb --flaky-rate 0.2 \
    --subject broken:last_failure_as_checkpoint
  batchproof simulate --function --accepted good.jsonl --crash-rate 0.05 \
    -- node loop.mjs     a Lambda function in any language

Status: 0 when every law held, 1 when one was violated, 2 when the world could not be run, such as
one that AWS does not allow. --trace judges nothing: its status is 0. Of --replay it is 1 when a
line differs.)";

/// Shows the progress of a world, and records its deliveries if there is a history.
SimulatedRun run(std::string name, const SimulatedSubject& simulated, World world,
                 WorldHistory* history = nullptr) {
  constexpr std::uint64_t often = 4096;
  world.claims = simulated.claims;
  ProgressLine line;
  line.begin(fmt::format("{} messages of {}", with_commas(world.messages), fixtures::name(world.source)));
  std::uint64_t delivered = 0;
  const auto watch = [&](const simulator::Delivery& delivery) {
    if (++delivered % often == 0) line.update(fmt::format("{} delivered", with_commas(delivered)));
    if (history != nullptr) history->keep(delivery);
  };
  simulator::SmallerWorlds smaller = simulated.smaller;
  std::uint64_t tried = 0;
  smaller.are_over = [&] {
    // A function starts anew for each world, so that this takes up to a minute.
    if (tried++ == 0 && smaller.function && !line.is_visible())
      print_note("a law is violated; batchproof searches for a smaller world that violates it");
    line.update(fmt::format("a law is violated; {} smaller worlds tried", with_commas(tried)));
    return simulated.smaller.are_over && simulated.smaller.are_over();
  };
  return {std::move(name), simulator::simulate(simulated.make, world, watch, smaller)};
}

std::vector<SimulatedRun> run_all(const SimulateOptions& options, const SimulatedSubject& simulated,
                                  const World& world, WorldHistory* history) {
  std::vector<SimulatedRun> runs{run(options.compare ? "reported" : "", simulated, world, history)};
  if (!options.compare) return runs;
  World again = world;
  const auto rename = [&] {
    if (simulated.smaller.new_names) again.names = simulated.smaller.new_names();
  };
  rename();
  runs.push_back(run("whole batch", failing_as_a_whole(simulated, world.source), again));
  if (!fixtures::is_pipe(world.source)) {  // which always reads the response
    rename();
    World unread = again;
    unread.report_batch_item_failures = false;
    // What a function did is inferred from an answer that is read, or is not.
    const bool is_inferred = options.function.is_used;
    runs.push_back(run("not enabled", is_inferred ? subject_under_test(options, unread) : simulated, unread));
  }
  if (fixtures::has_shards(world.source) && options.subject.empty() && !options.function.is_used) {
    fixtures::ProcessorClaims stops = simulated.claims;
    stops.stop_on_first_failure = true;
    runs.push_back(run("stops early", simulated_subject("", world.source, stops), world));
  }
  return runs;
}

std::string subject_of(const SimulateOptions& options) {
  if (options.function.is_used) return command_text();
  return options.subject.empty() ? "of this library" : options.subject;
}

void refuse_page(const std::string& path) {
  throw UsageError(fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
}

/// Opens the page before the work begins, so that an unwritable page fails at once.
std::ofstream opened_page(const std::string& path) {
  demand_page_template();
  errno = 0;
  std::ofstream page(path, std::ios::binary);
  if (!page) refuse_page(path);
  return page;
}

int simulate(const SimulateOptions& options) {
  if (options.soak.has_limit()) {
    SoakOptions worlds = options.soak;
    worlds.seed = options.seed ? *options.seed : std::random_device{}();
    worlds.json = options.json;
    return soak(worlds);
  }
  if (!options.soak.shard.is_whole())
    throw UsageError("one world is not split: --shard and BATCHPROOF_SHARD are for --soak and --worlds");
  if (!options.replay.empty()) return replay_trace(options.replay, options.subject, options.world.claims);
  const World world = world_of(options);
  simulator::refuse_impossible(world);
  const SimulatedSubject simulated = subject_under_test(options, world);
  if (options.trace) {
    print_trace(simulated, world);
    return 0;
  }
  const bool wants_page = !options.html.empty();
  std::ofstream page;
  if (wants_page) page = opened_page(options.html);
  WorldHistory history;
  const auto runs = run_all(options, simulated, world, wants_page ? &history : nullptr);
  const simulator::SimulationReport& first = runs.front().report;
  if (!options.json) {
    print(text_of(runs, wants_colour(stdout), reader_of(stdout)));
    flush_output();  // before a function runs again for the notes
  }
  const std::vector<std::string> notes = notes_on(options, world, simulated, first);
  if (options.json) print(json_of(runs, notes));
  if (wants_page) {
    flush_output();  // so that an error of the page does not lose the figures
    errno = 0;
    page << page_of(runs, notes, history, subject_of(options));
    page.close();
    if (!page) refuse_page(options.html);
    if (!options.json) print(fmt::format("Page: {}\n", printable(options.html)));
  }
  flush_output();
  if (!options.json) {
    for (const std::string& note : notes) print_note("note: " + note);
  }
  return first.passed() ? 0 : 1;
}

}  // namespace

void add_simulate(CLI::App& app, Action& action) {
  const auto options = std::make_shared<SimulateOptions>();
  CLI::App& command = *app.add_subcommand("simulate", about_simulate);
  add_simulate_options(command, *options);
  command.footer(simulate_footer);
  command.callback([options, &command, &action] {
    refuse_options_of_other_sources(command, *options);
    action = [options] { return simulate(*options); };
  });
}

}  // namespace batchproof::tools
