#include "simulate_command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/simulator.hpp>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>
#include <utility>

#include "progress_line.hpp"
#include "read_input.hpp"
#include "simulate_output.hpp"
#include "simulation_page.hpp"
#include "soak.hpp"
#include "sources.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "verify_output.hpp"
#include "world_history.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Subject;
using simulator::World;

/// A processor as it is when a function starts, and what it claims.
struct Simulated {
  simulator::MakeSubject make;
  fixtures::ProcessorClaims claims;
};

Simulated simulated_processor(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return {[source, claims] { return fixtures::library_processor(source, claims); }, claims};
}

Simulated simulated_fault(const std::string& subject, fixtures::Source source) {
  constexpr std::string_view prefix = "broken:";
  const std::string name = subject.starts_with(prefix) ? subject.substr(prefix.size()) : "";
  const auto is_meant = [name](const fixtures::BrokenProcessor& broken) { return broken.name == name; };
  const auto& all = fixtures::broken_processors();
  const auto found = std::find_if(all.begin(), all.end(), is_meant);
  if (found == all.end())
    throw UsageError(
        fmt::format("there is no subject \"{}\"; batchproof verify --list-subjects names them", subject));
  if (found->source != source)
    throw UsageError(fmt::format("\"{}\" is a processor of {}", subject, fixtures::name(found->source)));
  return {[is_meant] {
            const auto made = fixtures::make_broken_processors();
            return std::find_if(made.begin(), made.end(), is_meant)->subject;
          },
          found->claims};
}

World world_of(const SimulateCommand& command, std::uint64_t seed) {
  World world{.source = source_of(command.source == "fifo" ? "sqs_fifo" : command.source), .seed = seed};
  world.messages = command.messages;
  world.groups = command.groups;
  world.sent_every = std::chrono::milliseconds(1);
  world.batch_size = command.batch_size;
  if (world.source == fixtures::Source::sqs && world.batch_size > 10)
    world.batch_window = std::chrono::seconds(1);
  world.report_batch_item_failures = !command.no_reporting;
  world.queue.max_receive_count = command.max_receive_count;
  world.stream.maximum_retry_attempts = command.retries;
  world.stream.bisect_on_error = command.bisect;
  world.faults = {.poison = command.poison,
                  .flaky_rate = command.flaky_rate,
                  .crash_rate = command.crash_rate,
                  .timeout_rate = command.timeout_rate,
                  .lost_response_rate = command.lost_response_rate,
                  .duplicate_rate = command.duplicate_rate,
                  .malformed_response_rate = command.malformed_response_rate,
                  .resend_rate = command.resend_rate};
  return world;
}

/// A function as it was written before partial responses: whatever fails, fails the batch.
Subject failing_as_a_whole(const Subject& subject, fixtures::Source source) {
  return [subject, source](std::string_view payload, RecordProbe& probe) {
    std::string response = subject(payload, probe);
    if (!fixtures::read_service_answer(response, source).reported.empty())
      throw std::runtime_error("a record of the batch failed");
    return response;
  };
}

/// Shows how far a world is, and keeps what happens in it where there is a history to keep it.
SimulatedRun run(std::string name, const Simulated& simulated, World world, WorldHistory* history = nullptr) {
  constexpr std::uint64_t often = 4096;
  world.claims = simulated.claims;
  ProgressLine line;
  line.begin(fmt::format("{} messages of {}", with_commas(static_cast<std::int64_t>(world.messages)),
                         fixtures::name(world.source)));
  std::uint64_t delivered = 0;
  const auto watch = [&](const simulator::Delivery& delivery) {
    if (++delivered % often == 0)
      line.update(fmt::format("{} delivered", with_commas(static_cast<std::int64_t>(delivered))));
    if (history != nullptr) history->keep(delivery);
  };
  return {std::move(name), simulator::simulate(simulated.make, world, watch)};
}

std::vector<SimulatedRun> run_all(const SimulateCommand& command, const Simulated& simulated,
                                  const World& world, WorldHistory* history) {
  std::vector<SimulatedRun> runs{run(command.compare ? "reported" : "", simulated, world, history)};
  if (!command.compare) return runs;
  const Simulated whole{
      [make = simulated.make, source = world.source] { return failing_as_a_whole(make(), source); },
      simulated.claims};
  runs.push_back(run("whole batch fails", whole, world));
  World unread = world;
  unread.report_batch_item_failures = false;
  runs.push_back(run("not enabled", simulated, unread));
  if (fixtures::is_stream(world.source) && command.subject.empty()) {
    fixtures::ProcessorClaims stops = simulated.claims;
    stops.stops_on_first_failure = true;
    runs.push_back(run("stops at the first", simulated_processor(world.source, stops), world));
  }
  return runs;
}

void print_trace(const Simulated& simulated, World world) {
  world.claims = simulated.claims;
  simulator::run_world(simulated.make(), world, [](std::string_view line) { std::cout << line << '\n'; });
}

Simulated simulated_by(const SimulateCommand& command, fixtures::Source source) {
  if (!command.subject.empty()) return simulated_fault(command.subject, source);
  return simulated_processor(source, {.skip_group_on_error = command.skip_group_on_error,
                                      .stops_on_first_failure = command.stop_on_first_failure});
}

int replay(const SimulateCommand& command) {
  const std::string trace = read_input(command.replay);
  try {
    const auto source = simulator::world_of_trace(trace).source;
    const auto replayed = simulator::replay_trace(simulated_by(command, source).make(), trace);
    if (!replayed.difference) {
      std::cout << fmt::format("The same {} lines\n", with_commas(static_cast<std::int64_t>(replayed.lines)));
      return 0;
    }
    const auto line_or_end = [](const std::string& line) { return line.empty() ? "(the end)" : line; };
    std::cout << fmt::format("Line {} differs\n  before  {}\n  now     {}\n", replayed.difference->line,
                             line_or_end(replayed.difference->before), line_or_end(replayed.difference->now));
    return 1;
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{}: {}", command.replay, error.what()));
  }
}

std::string subject_of(const SimulateCommand& command) {
  return command.subject.empty() ? "of this library" : command.subject;
}

/// Opened before the work, so that nobody waits for a page that cannot be written.
std::ofstream opened_page(const std::string& path) {
  demand_page_template();
  std::ofstream page(path, std::ios::binary);
  if (!page) throw UsageError(fmt::format("{} cannot be written", path));
  return page;
}

void write_page(std::ofstream& page, const SimulateCommand& command, const std::string& text) {
  page << text;
  if (!page.flush()) throw UsageError(fmt::format("{} cannot be written", command.html));
}

}  // namespace

int simulate(const SimulateCommand& command) {
  const std::uint64_t seed = command.seed ? *command.seed : std::random_device{}();
  if (command.soak > 0) return soak(command.soak, seed);
  if (!command.replay.empty()) return replay(command);
  World world = world_of(command, seed);
  simulator::refuse_impossible(world);
  const Simulated simulated = simulated_by(command, world.source);
  if (command.trace) {
    print_trace(simulated, world);
    return 0;
  }
  std::ofstream page;
  if (!command.html.empty()) page = opened_page(command.html);
  WorldHistory history;
  const auto runs = run_all(command, simulated, world, command.html.empty() ? nullptr : &history);
  if (!command.html.empty()) write_page(page, command, page_of(runs, history, subject_of(command)));
  std::cout << (command.json ? json_of(runs) : text_of(runs, wants_colour(stdout)));
  if (!command.html.empty() && !command.json) std::cout << "Page: " << command.html << '\n';
  return runs.front().report.passed() ? 0 : 1;
}

}  // namespace batchproof::tools
