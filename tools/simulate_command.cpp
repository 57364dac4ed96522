#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "function_options.hpp"
#include "options.hpp"
#include "output.hpp"
#include "progress_line.hpp"
#include "simulate_output.hpp"
#include "simulated_function.hpp"
#include "simulated_subject.hpp"
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
    R"(The processor is this library's, or that of --function or --subject; the source, its retries and the faults are simulated, in
virtual time. Faults come in the first 10 minutes. A poison message fails at every delivery.
Every message must end processed, dead-lettered or expired.

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

Status: 0 when every law held, 1 when one was violated, 2 when AWS does not allow such a world.
A trace judges nothing: its status is 0.)";

constexpr std::size_t most_simulated_messages = 10'000'000;
constexpr std::uint64_t most_of_a_soak = 1'000'000'000'000;

struct SimulateOptions {
  World world{.messages = 1000,
              .groups = 10,
              .batch_size = 10,
              .handler_time = std::chrono::milliseconds(10),
              .stream = {.maximum_retry_attempts = -1},
              .faults = {}};
  std::size_t tumbling_window_seconds = 10;
  std::optional<std::size_t> poison{};
  std::optional<std::uint64_t> seed{};
  bool no_reporting = false;
  std::string subject{};  ///< the library's processor when empty
  FunctionOptions function{};
  std::string accepted{};  ///< path of the payloads that the function accepts
  std::string rejected{};  ///< path of those that it rejects; poison messages have them
  bool compare = false;
  bool trace = false;
  bool json = false;
  SoakOptions soak{};    ///< random worlds instead of this one, if it has a limit
  std::string replay{};  ///< the file of a trace, whose world runs instead of this one
  std::string given{};   ///< JSON of a world that runs instead of this one
  std::string html{};    ///< the file for the page; none when empty
};

/// With payloads to reject, a world in which nothing is rejected would prove little, and one in which no
/// batch holds two poison messages would prove nothing about the second.
std::size_t default_poison(const SimulateOptions& options) {
  constexpr std::size_t messages_for_one = 10;
  return options.rejected.empty() ? 0 : (options.world.messages + messages_for_one - 1) / messages_for_one;
}

/// The world that a report or a trace prints, which says nothing of the function.
World given_world(const SimulateOptions& options) {
  World world;
  try {
    const bool is_line_of_trace = options.given.starts_with(R"({"world":)");
    world = is_line_of_trace ? simulator::world_of_trace(options.given)
                             : simulator::world_from_json(options.given);
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("--world: {}", error.what()));
  }
  world.claims = options.world.claims;
  world.design = options.world.design;
  world.record_fields = options.world.record_fields;
  return world;
}

World world_of_options(const SimulateOptions& options) {
  World world = options.world;
  world.seed = options.seed ? *options.seed : std::random_device{}();
  world.faults.poison = options.poison ? *options.poison : default_poison(options);
  world.report_batch_item_failures = !options.no_reporting;
  world.stream.tumbling_window = std::chrono::seconds(options.tumbling_window_seconds);
  return world;
}

World world_of(const SimulateOptions& options) {
  World world = options.given.empty() ? world_of_options(options) : given_world(options);
  world.calls_are_assumed = options.function.is_used && options.function.handled.empty();
  if (!options.accepted.empty()) world.accepted = read_payloads(options.accepted);
  if (!options.rejected.empty()) world.rejected = read_payloads(options.rejected);
  return world;
}

/// The processor or function of the options. A function decides by the payload, so the world cannot make it
/// fail temporarily.
SimulatedSubject subject_under_test(const SimulateOptions& options, const World& world) {
  if (!options.function.is_used) return simulated_subject(options.subject, world.source, world.claims);
  if (fixtures::has_windows(world.source)) {
    throw UsageError(fmt::format("--function is not for {}: what counts there is the function's own state",
                                 fixtures::name(world.source)));
  }
  if (world.faults.flaky_rate > 0)
    throw UsageError("--flaky-rate is not for --function, which decides by the payload; use --poison");
  if (options.accepted.empty())
    throw UsageError("--function needs the payloads of the messages: --accepted FILE");
  if (world.faults.poison > 0 && options.rejected.empty())
    throw UsageError("--poison needs payloads that the function rejects: --rejected FILE");
  try {
    fixtures::refuse_contradiction("--accepted and --rejected", world.accepted, world.rejected);
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
  check_record_fields(world.source, world.record_fields);
  FunctionOptions function = options.function;
  function.claims = world.claims;
  return simulated_function(function, world);
}

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
  runs.push_back(run("whole batch", failing_as_a_whole(simulated, world.source), world));
  if (!fixtures::is_pipe(world.source)) {  // which always reads the response
    World unread = world;
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

/// Whether every law holds in this world. The function has the budget of the search for a smaller world.
bool holds_in(const SimulateOptions& options, const World& world) {
  const simulator::SmallerWorlds none{.are_over = [] { return true; }};
  try {
    const SimulatedSubject simulated = subject_under_test(options, world);
    return simulator::simulate(*simulated.smaller.function, world, {}, none).passed();
  } catch (const FunctionNotStarted&) {
    return false;  // it started before, and what it did then matters
  }
}

/// Says when every law holds in the same world for a function that claims otherwise, or for messages that
/// were never received before; empty otherwise.
std::string note_on_what_fits(const SimulateOptions& options, const World& world) {
  const fixtures::DeliveryKind delivery = fixtures::info_of(world.source).delivery;
  const bool is_fifo = delivery == fixtures::DeliveryKind::fifo_queue;
  World claimed = world;
  bool& claim = is_fifo ? claimed.claims.skip_group_on_error : claimed.claims.stop_on_first_failure;
  claim = !claim;
  if (holds_in(options, claimed)) {
    const char* const stops = is_fifo ? "stops at its first failure: leave out --skip-group-on-error"
                                      : "stops at its first failure: --stop-on-first-failure";
    const char* const goes_on =
        is_fifo ? "goes on with other message groups after a failure: --skip-group-on-error"
                : "goes on after a failure: leave out --stop-on-first-failure";
    return fmt::format("every law holds for a function that {}, if that is meant",
                       claim == is_fifo ? goes_on : stops);
  }
  const bool is_queue = is_fifo || delivery == fixtures::DeliveryKind::queue;
  if (!is_queue || !world.record_fields.empty()) return "";
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
      with_commas(summary.expired), with_commas(finished.messages.size(), "record"));
}

/// Says what the figures of a function rest on.
std::string note_on_handling(const SimulateOptions& options, const simulator::FinishedWorld& finished) {
  if (options.function.handled.empty()) {
    return "each record that the function does not report counts as handled: `processed` and `lost` rest on "
           "its answers alone; --handled finds in its log what it handled";
  }
  if (simulator::summary_of(finished).handler_calls > 0) return "";
  const bool has_objects = fixtures::info_of(finished.world.source).read_identifier != nullptr;
  return "--handled found no record of any batch in the function's log; " +
         blackbox::what_handled_must_find(has_objects);
}

/// What a reader must know of a run, as sentences. A function runs again for some of them.
std::vector<std::string> notes_on(const SimulateOptions& options, const World& world,
                                  const simulator::SimulationReport& report) {
  std::vector<std::string> notes;
  if (report.passed()) notes.push_back(note_on_untried(report.finished()));
  if (!report.passed())
    notes.push_back(
        "the same command runs the smallest world again with --world '{...}', the line of the report, in "
        "place of its settings of the world and --seed");
  if (options.function.is_used) {
    notes.push_back(note_on_handling(options, report.finished()));
    if (!report.passed()) notes.push_back(note_on_what_fits(options, world));
  }
  std::erase(notes, "");
  return notes;
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
    print(text_of(runs, wants_colour(stdout)));
    flush_output();  // before a function runs again for the notes
  }
  const std::vector<std::string> notes = notes_on(options, world, first);
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

void add_world(CLI::App& command, SimulateOptions& options) {
  World& world = options.world;
  command
      .add_option_function<std::string>(
          "--source", [&world](const std::string& name) { world.source = source_of(name); },
          "Where the messages come from")
      ->transform(short_source_names())
      ->check(CLI::IsMember(source_names()))
      ->type_name("SOURCE")
      ->default_str(std::string(fixtures::name(world.source)));
  // The world checks which of these numbers AWS allows, so that its error names the rule.
  constexpr NumberRange up_to_messages{0, most_simulated_messages};
  constexpr NumberRange up_to_int{0, std::numeric_limits<int>::max()};
  add_number(command, "--messages", world.messages, {1, most_simulated_messages}, "How many are sent");
  add_number(command, "--groups", world.groups, up_to_messages,
             "Message groups of a FIFO queue, keys of a stream");
  add_number(command, "--batch-size", world.batch_size, up_to_int, "Records of a batch, at most")
      ->default_str(std::to_string(*world.batch_size));
  add_number(command, "--max-receive-count", world.queue.max_receive_count, up_to_int,
             "Queues: then it is dead-lettered")
      ->default_str(std::to_string(*world.queue.max_receive_count));
  add_number(command, "--tumbling-window", options.tumbling_window_seconds, up_to_int,
             "Streams with windows: TumblingWindowInSeconds");
  add_number(command, "--retries", world.stream.maximum_retry_attempts, {-1, up_to_int.largest},
             "Streams: MaximumRetryAttempts; -1 is without end");
  command.add_flag("--bisect", world.stream.bisect_on_error,
                   "Streams: BisectBatchOnFunctionError, or AUTOMATIC_BISECT of a pipe");
  command.add_flag("--no-reporting", options.no_reporting, "ReportBatchItemFailures is not enabled");
  command.add_flag("--retries-inside", world.design.retries_inside,
                   "It may handle a record again within one invocation");
  command.add_flag("--stops-early", world.design.stops_early,
                   "A breaker: it may leave records after failures, and reports them");
  command.add_flag("--all-or-nothing", world.design.all_or_nothing,
                   "A failure undoes the work of its batch, and all of it comes again");
  add_number(command, "--poison", options.poison, up_to_messages,
             "Messages that always fail (default: none; with --rejected, one of 10)");
}

void add_fault_rates(CLI::App& command, simulator::Faults& faults) {
  add_rate(command, "--flaky-rate", faults.flaky_rate, "Share of messages that fail once");
  add_rate(command, "--crash-rate", faults.crash_rate, "Share of invocations that end in the middle");
  add_rate(command, "--timeout-rate", faults.timeout_rate, "Share of invocations that hang");
  add_rate(command, "--lost-response-rate", faults.lost_response_rate,
           "Share of invocations whose response is not read");
  add_rate(command, "--malformed-response-rate", faults.malformed_response_rate,
           "Share of invocations whose response is damaged on its way");
  add_rate(command, "--resend-rate", faults.resend_rate,
           "SQS FIFO: share of messages that are sent twice, and accepted once");
  add_rate(command, "--duplicate-rate", faults.duplicate_rate,
           "SQS standard: share of deletions that do not count");
}

/// The options of the processor and of the output.
void add_output(CLI::App& command, SimulateOptions& options) {
  add_claims(command, options.world.claims);
  command
      .add_option("--subject", options.subject,
                  "broken:NAME, a processor known to be faulty (default: this library's)")
      ->type_name("NAME");
  command.add_flag("--compare", options.compare, "Beside it, the same world without partial responses");
  CLI::Option* const json = command.add_flag("--json", options.json, "Print one JSON object");
  CLI::Option* const html =
      command.add_option("--html", options.html, "Write a page with charts and the life of each message")
          ->type_name("FILE");
  command.add_flag("--trace", options.trace, "Print what happens, a JSON object a line")
      ->excludes(json)
      ->excludes(html);
  add_number(command, "--soak", options.soak.deliveries, {1, most_of_a_soak},
             "Random worlds of every source until N deliveries, in place of this one world")
      ->default_str("");
  add_number(command, "--worlds", options.soak.worlds, {1, most_of_a_soak},
             "N random worlds of every source, in place of this one world")
      ->default_str("")
      ->excludes("--soak");
  add_shard(command, options.soak.shard,
            "Of --soak and --worlds, only this part, such as 0/4 to 3/4; see merge");
  command
      .add_option("--replay", options.replay,
                  "Run the world of a trace again, and show the first line that differs; - is the standard "
                  "input")
      ->excludes(json)
      ->excludes(html)
      ->type_name("FILE");
  command
      .add_option("--world", options.given,
                  "Run this world, as a report or --json shows it, in place of the one of these options")
      ->type_name("JSON");
}

/// A world that is given has a seed, and all settings of the service.
void refuse_settings_with_world(CLI::App& command) {
  for (const char* const name :
       {"--source", "--messages", "--groups", "--batch-size", "--max-receive-count", "--tumbling-window",
        "--retries", "--bisect", "--no-reporting", "--poison", "--flaky-rate", "--crash-rate",
        "--timeout-rate", "--lost-response-rate", "--malformed-response-rate", "--resend-rate",
        "--duplicate-rate", "--seed", "--replay"})
    command.get_option("--world")->excludes(name);
}

/// Random worlds of every source have their own options.
void refuse_one_world_with_random_ones(CLI::App& command) {
  for (CLI::Option* const option : command.get_options()) {
    const std::string name = option->get_name();
    const bool is_for_both = name == "--help" || name == "--seed" || name == "--shard" || name == "--json" ||
                             name == "--soak" || name == "--worlds" || name == "--function";
    if (is_for_both) continue;
    command.get_option("--soak")->excludes(option);
    command.get_option("--worlds")->excludes(option);
  }
}

}  // namespace

void add_simulate(CLI::App& app, Action& action) {
  const auto options = std::make_shared<SimulateOptions>();
  CLI::App& command = *app.add_subcommand("simulate", about_simulate);
  add_world(command, *options);
  add_fault_rates(command, options->world.faults);
  add_seed(command, options->seed, "The same seed gives the same world (default: a new one)");
  add_output(command, *options);
  add_function(command, options->function);
  add_handled(command, options->function);
  refuse_with_function(command, {"--subject", "--soak", "--worlds", "--replay"});
  add_payloads(command, options->accepted, "Payloads of the messages", options->rejected,
               "Payloads of the poison messages", options->world.record_fields);
  refuse_settings_with_world(command);
  refuse_one_world_with_random_ones(command);
  command.footer(simulate_footer);
  command.callback([options, &action] { action = [options] { return simulate(*options); }; });
}

}  // namespace batchproof::tools
