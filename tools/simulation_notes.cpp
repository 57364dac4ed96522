#include "simulation_notes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <utility>

#include "wording.hpp"

namespace batchproof::tools {
namespace {

using simulator::World;

/// Whether every law holds in this world, with other names. The function has the budget of the search for a
/// smaller world.
bool holds_in(const SimulateOptions& options, World world) {
  const simulator::SmallerWorlds none{.are_over = [] { return true; }};
  try {
    const SimulatedSubject simulated = subject_under_test(options, world);
    if (simulated.smaller.new_names) world.names = simulated.smaller.new_names();
    return simulator::simulate(*simulated.smaller.function, world, {}, none).passed();
  } catch (const FunctionNotStarted&) {
    return false;  // it started before, and what it did then matters
  }
}

/// The claims with which every law holds in this world, each as what the function does and its option. Each
/// costs a run of the world: designs are tried only where that is cheap.
std::vector<std::string> claims_that_fit(const SimulateOptions& options, const World& world, bool is_cheap) {
  const bool is_fifo = fixtures::is_fifo_queue(world.source);
  World claimed = world;
  bool& claim = is_fifo ? claimed.claims.skip_group_on_error : claimed.claims.stop_on_first_failure;
  claim = !claim;
  std::vector<std::string> fitting;
  if (holds_in(options, claimed)) {
    const char* const stops = is_fifo ? "stops at its first failure: leave out --skip-group-on-error"
                                      : "stops at its first failure: --stop-on-first-failure";
    const char* const goes_on =
        is_fifo ? "goes on with other message groups after a failure: --skip-group-on-error"
                : "goes on after a failure: leave out --stop-on-first-failure";
    fitting.emplace_back(claim == is_fifo ? goes_on : stops);
  }
  if (!is_cheap) return fitting;
  using simulator::Design;
  struct NamedDesign {
    bool Design::*design;
    const char* words;
  };
  for (const auto& [design, words] :
       {NamedDesign{&Design::stops_early,
                    "leaves records unhandled after failures, and reports them: --stops-early"},
        NamedDesign{&Design::retries_inside, "calls the handler of a record again itself: --retries-inside"},
        NamedDesign{&Design::all_or_nothing, "undoes the work of a batch that fails: --all-or-nothing"}}) {
    World designed = world;
    if (std::exchange(designed.design.*design, true)) continue;
    if (holds_in(options, designed)) fitting.emplace_back(words);
  }
  return fitting;
}

/// Says when every law holds in the same world for a function that claims otherwise, or for messages that
/// were never received before; empty otherwise.
std::string note_on_what_fits(const SimulateOptions& options, const World& world, bool is_cheap) {
  if (is_cheap && holds_in(options, world))
    return "every law holds when the same world runs again with other identifiers: the function keeps "
           "something between runs, such as in a store that it shares with them, or chance decides";
  std::string claims;
  for (const std::string& claim : claims_that_fit(options, world, is_cheap))
    claims += (claims.empty() ? "every law holds for a function that " : "; or for one that ") + claim;
  if (!claims.empty()) return claims + ", if that is meant";
  if (fixtures::has_shards(world.source) || !world.record_fields.empty()) return "";
  World received_once = world;
  received_once.record_fields = R"({"attributes":{"ApproximateReceiveCount":"1"}})";
  if (!holds_in(options, received_once)) return "";
  return fmt::format(
      "every law holds where ApproximateReceiveCount is always 1; if a message is given up after some "
      "receives, say so: --record-fields '{}'",
      received_once.record_fields);
}

/// Says when much of a world was never handled, so that it proved little; empty otherwise.
std::string note_on_untried(const simulator::FinishedWorld& finished) {
  const simulator::Summary summary = simulator::summary_of(finished);
  constexpr std::size_t many = 10;  // one of so many
  if (!fixtures::has_shards(finished.world.source) || summary.expired * many <= finished.messages.size())
    return "";
  return fmt::format(
      "{} of {} expired behind records that fail each time, and never succeeded; with --retries 3, for "
      "example, the stream goes on",
      with_commas(summary.expired), counted(finished.messages.size(), "record"));
}

/// Says what the figures of a function rest on.
std::string note_on_handling(const SimulateOptions& options, const simulator::FinishedWorld& finished) {
  if (options.function.handled.empty()) {
    return "each record that the function does not report counts as handled: `processed` and `lost` rest on "
           "its answers alone; --handled finds in its log what it handled";
  }
  // What is refused and reported counts as handled without a line in the log.
  const auto is_in_log = [](const simulator::Message& message) {
    return message.tries > 0 && !message.is_poison();
  };
  if (std::any_of(finished.messages.begin(), finished.messages.end(), is_in_log)) return "";
  const bool has_objects = fixtures::has_object_identifiers(finished.world.source);
  return "--handled found no record of any batch in the function's log; " +
         blackbox::what_handled_must_find(has_objects);
}

}  // namespace

std::vector<std::string> notes_on(const SimulateOptions& options, const World& world,
                                  const SimulatedSubject& simulated,
                                  const simulator::SimulationReport& report) {
  std::vector<std::string> notes;
  if (report.passed()) notes.push_back(note_on_untried(report.finished()));
  if (!report.passed())
    notes.push_back(
        "the same command runs the smallest world again with --world '{...}', the line of the report, in "
        "place of its settings of the world and --seed");
  if (options.function.is_used) {
    notes.push_back(note_on_handling(options, report.finished()));
    if (!report.passed()) {
      const bool has_crashed = simulated.has_crashed && simulated.has_crashed();
      const bool is_cheap = !has_crashed && !report.counterexample()->was_search_cut;
      notes.push_back(note_on_what_fits(options, world, is_cheap));
    }
  }
  std::erase(notes, "");
  return notes;
}

}  // namespace batchproof::tools
