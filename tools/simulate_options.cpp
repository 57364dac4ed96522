#include "simulate_options.hpp"

#include <fmt/core.h>

#include <array>
#include <batchproof/fixtures/source.hpp>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

#include "options.hpp"
#include "simulated_function.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

using simulator::World;

constexpr std::size_t most_simulated_messages = 10'000'000;
constexpr std::uint64_t most_of_a_soak = 1'000'000'000'000;

/// With payloads to reject, a world in which nothing is rejected would prove little, and one in which no
/// batch holds two poison messages would prove nothing about the second.
std::size_t default_poison(const SimulateOptions& options) {
  constexpr std::size_t messages_for_one = 10;
  return options.payloads.rejected.empty()
             ? 0
             : (options.world.messages + messages_for_one - 1) / messages_for_one;
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
  add_number(command, "--poison", options.poison, up_to_messages,
             "Messages that always fail (default: none; with --rejected, one of 10)");
}

void add_design(CLI::App& command, simulator::Design& design) {
  command.add_flag("--retries-inside", design.retries_inside,
                   "It may handle a record again within one invocation");
  command.add_flag("--stops-early", design.stops_early,
                   "A breaker: it may leave records after failures, and reports them");
  command.add_flag("--all-or-nothing", design.all_or_nothing,
                   "A failure undoes the work of its batch, and all of it comes again");
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
      ->check(not_empty)
      ->type_name("NAME");
  command.add_flag("--compare", options.compare, "Beside it, the same world without partial responses");
  CLI::Option* const json = command.add_flag("--json", options.json, "Print one JSON object");
  CLI::Option* const html =
      command.add_option("--html", options.html, "Write a page with charts and the life of each message")
          ->check(not_empty)
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
      ->check(not_empty)
      ->type_name("FILE");
  command
      .add_option("--world", options.given,
                  "Run this world, as a report or --json shows it, in place of the one of these options")
      ->check(not_empty)
      ->type_name("JSON");
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

/// A trace has its world, and a replay shows one thing.
void refuse_others_with_a_trace(CLI::App& command) {
  for (CLI::Option* const option : command.get_options()) {
    const std::string name = option->get_name();
    const bool is_for_both = name == "--help" || name == "--replay" || name == "--subject" ||
                             name == "--skip-group-on-error" || name == "--stop-on-first-failure" ||
                             name == "--shard";  // one world refuses it anyway, and names its variable
    if (!is_for_both) command.get_option("--replay")->excludes(option);
  }
}

bool has_no_shards(fixtures::Source source) noexcept { return !fixtures::has_shards(source); }

/// An option that some sources have.
struct OptionOfSources {
  const char* name;
  bool (*has)(fixtures::Source source);
  const char* sources;
};

constexpr std::array options_of_sources{
    OptionOfSources{"--max-receive-count", has_no_shards, "queues"},
    OptionOfSources{"--resend-rate", fixtures::is_fifo_queue, "FIFO queues"},
    OptionOfSources{"--skip-group-on-error", fixtures::is_fifo_queue, "FIFO queues"},
    OptionOfSources{"--duplicate-rate", fixtures::is_standard_queue, "standard queues"},
    OptionOfSources{"--retries", fixtures::has_shards, "streams and Kafka"},
    OptionOfSources{"--bisect", fixtures::has_shards, "streams and Kafka"},
    OptionOfSources{"--tumbling-window", fixtures::has_windows, "kinesis_window and dynamodb_window"}};

}  // namespace

void refuse_options_of_other_sources(const CLI::App& command, const SimulateOptions& options) {
  if (!options.replay.empty() || !options.given.empty()) return;
  for (const OptionOfSources& option : options_of_sources) {
    if (command.count(option.name) == 0 || option.has(options.world.source)) continue;
    throw UsageError(fmt::format("{} is for {}, and this world is of {}", option.name, option.sources,
                                 fixtures::name(options.world.source)));
  }
}

void add_simulate_options(CLI::App& command, SimulateOptions& options) {
  add_world(command, options);
  add_fault_rates(command, options.world.faults);
  add_seed(command, options.seed, "The same seed gives the same world (default: a new one)");
  // A world that is given has all of these.
  const std::vector<CLI::Option*> settings =
      command.get_options([](const CLI::Option* option) { return option->get_name() != "--help"; });
  add_design(command, options.world.design);
  add_output(command, options);
  for (CLI::Option* const setting : settings) command.get_option("--world")->excludes(setting);
  add_function(command, options.function);
  add_handled(command, options.function);
  refuse_with_function(command, {"--subject", "--soak", "--worlds", "--replay"});
  add_payloads(command, options.payloads, {"Payloads of the messages", "Payloads of the poison messages"},
               options.world.record_fields);
  refuse_one_world_with_random_ones(command);
  refuse_others_with_a_trace(command);
}

World world_of(const SimulateOptions& options) {
  World world = options.given.empty() ? world_of_options(options) : given_world(options);
  world.calls_are_assumed = options.function.is_used && options.function.handled.empty();
  if (!options.payloads.accepted.empty())
    world.accepted = read_payloads(options.payloads.accepted, world.source);
  if (!options.payloads.rejected.empty())
    world.rejected = read_payloads(options.payloads.rejected, world.source);
  return world;
}

SimulatedSubject subject_under_test(const SimulateOptions& options, const World& world) {
  if (!options.function.is_used) return simulated_subject(options.subject, world.source, world.claims);
  if (fixtures::has_windows(world.source)) {
    throw UsageError(fmt::format("--function is not for {}: what counts there is the function's own state",
                                 fixtures::name(world.source)));
  }
  if (world.faults.flaky_rate > 0)  // the world cannot make it fail for a time
    throw UsageError("--flaky-rate is not for --function, which decides by the payload; use --poison");
  if (options.payloads.accepted.empty())
    throw UsageError("--function needs the payloads of the messages: --accepted FILE");
  if (world.faults.poison > 0 && options.payloads.rejected.empty())
    throw UsageError("--poison needs payloads that the function rejects: --rejected FILE");
  check_both_lists(world.accepted, world.rejected);
  check_record_fields(world.source, world.record_fields);
  FunctionOptions function = options.function;
  function.claims = world.claims;
  return simulated_function(function, world);
}

}  // namespace batchproof::tools
