#include "trace_output.hpp"

#include <fmt/core.h>

#include <stdexcept>

#include "output.hpp"
#include "read_input.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

constexpr InputLimit trace_limit{512, "the trace of a smaller world is shorter"};

std::string line_or_end(const std::string& line) { return line.empty() ? "(the end)" : printable(line); }

}  // namespace

void print_trace(const SimulatedSubject& subject, simulator::World world) {
  world.claims = subject.claims;
  simulator::run_world(subject.make, world, [](std::string_view line) {
    print(line);
    print("\n");
  });
}

int replay_trace(const std::string& path, const std::string& subject_name,
                 const fixtures::ProcessorClaims& claims) {
  const std::string trace = read_text(path, trace_limit);
  try {
    const simulator::World world = simulator::world_of_trace(trace);
    simulator::refuse_impossible(world);  // the trace may have been edited by hand
    const SimulatedSubject subject = simulated_subject(subject_name, world.source, claims);
    const auto replayed = simulator::replay_trace(subject.make, trace);
    if (!replayed.difference) {
      print(fmt::format("The same {}\n", counted(replayed.lines, "line")));
      return 0;
    }
    print(fmt::format("Line {} differs\n  before  {}\n  now     {}\n", replayed.difference->line,
                      line_or_end(replayed.difference->before), line_or_end(replayed.difference->now)));
    return 1;
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{}: {}", path, error.what()));
  }
}

}  // namespace batchproof::tools
