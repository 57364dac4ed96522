// Reads the command line, and turns whatever goes wrong into one line and status 2.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <exception>
#include <functional>
#include <iostream>
#include <string>
#include <system_error>

#include "generate_command.hpp"
#include "lint_command.hpp"
#include "process_command.hpp"
#include "replay_command.hpp"
#include "simulate_command.hpp"
#include "sources.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "verify_command.hpp"
#include "zoo_command.hpp"

namespace batchproof::tools {
namespace {

constexpr int could_not_do_it = 2;

constexpr const char* about =
    "batchproof shows what a batch processor makes of an AWS Lambda event, verifies processors on random "
    "batches, "
    "generates such batches, simulates the service around a function, shows what the laws catch, and checks "
    "templates.";

constexpr const char* examples = R"(Examples:
  batchproof process event.json      what becomes of each record, and the response
  batchproof verify                  every law, on random batches of every source
  batchproof generate --batches 10   ten random events, a line each
  batchproof simulate --poison 3     what becomes of every message, across retries
  batchproof zoo                     which law catches which broken processor
  batchproof lint template.yaml      what in a template loses or multiplies records
  batchproof process --help          more about a command)";

constexpr const char* about_process = "Process one event, and show what becomes of each record";

constexpr const char* process_footer =
    R"(The event goes through the processor of its source, as in a Lambda function, with
a sample handler of orders: JSON such as {"quantity": 2}, which fails when the
quantity is missing or not above 0.

Examples:
  batchproof process event.json
  batchproof process event.json --fail-if-payload-contains o-1002
  batchproof process fifo.json --skip-group-on-error
  cat event.json | batchproof process - --json

Status: 0 when the event was processed, whatever failed in it; 2 when it could not be.)";

constexpr const char* about_verify = "Verify processors and handlers on random batches";

constexpr const char* verify_footer =
    R"(Verified are this library's processors in every mode of each source, and the sample
handler; or another subject. The smallest batch that breaks a law is shown, with a
command that replays it.

Examples:
  batchproof verify
  batchproof verify --source sqs_fifo --cases 10000
  batchproof verify --seed 42 --json
  batchproof verify --report report   report/conformance.html, a page for people
  batchproof verify --list-subjects
  batchproof verify --subject broken:skip_group_ignored

Status: 0 when every law held, 1 when one was broken or nothing was proved, 2 when it
could not be verified.)";

constexpr const char* about_replay = "Run saved cases, and explain them";

constexpr const char* replay_footer =
    R"(A verification saves what breaks a law in the folder that its option .regressions
names: NAME.json is the event, NAME.case.json says which law it broke.

Examples:
  batchproof replay tests/regressions/*.case.json
  batchproof replay --subject broken:skip_group_ignored case.json

Status: 0 when no law is broken, 1 when one is, 2 when a file is no saved case.)";

constexpr const char* about_generate = "Print random events as AWS sends them, one JSON object a line";

constexpr const char* generate_footer =
    R"(The events hold what a reader may stumble over: unicode and escapes, missing optional
fields, empty and long payloads, sequence numbers of several lengths. They can test a
function in any language.

Examples:
  batchproof generate
  batchproof generate --source kinesis --batches 10 --records 100 --seed 7
  batchproof generate --source sqs_fifo --seed 7 | batchproof process -

Status: 0)";

constexpr const char* about_zoo = "Show which law catches which broken processor and handler";

constexpr const char* zoo_footer =
    R"(Each law runs alone, with all others off, on random batches until it catches the fault.
The law that a fault names must do so with every seed; the others are shown for the
first one. The same options give the same figures.

Examples:
  batchproof zoo
  batchproof zoo --seeds 50
  batchproof zoo --cases 500 --json
  batchproof zoo --lives     what loses or reorders messages across retries

Status: 0 when each fault is caught by the law it names, each law catches something and no
two faults look the same; 1 when not; 2 when it could not be tried.)";

constexpr const char* about_simulate =
    "Simulate the service around a function, and show what becomes of messages";

constexpr const char* simulate_footer =
    R"(The processor is this library's; the source, its retries and what goes wrong are simulated,
in virtual time. Faults come in the first 10 minutes. Poison is a message that no delivery
gets through. Every message must end processed, dead-lettered or expired.

Examples:
  batchproof simulate --source fifo --messages 1000 --poison 3 --crash-rate 0.01 --seed 7
  batchproof simulate --poison 20 --compare    with and without partial responses
  batchproof simulate --source kinesis --poison 3 --retries 5 --html report.html
  batchproof simulate --source kinesis --poison 3 --retries 3 --bisect --compare
  batchproof simulate --messages 5 --poison 1 --trace > trace.jsonl
  batchproof simulate --replay trace.jsonl     what is no longer the same
  batchproof simulate --soak 100000000 --seed 1
  batchproof simulate --source dynamodb --subject broken:last_failure_as_checkpoint --flaky-rate 0.2

Status: 0 when every law held, 1 when one was broken, 2 when there is no such world.)";

/// CLI11 takes "-1", and whatever does not fit, for the largest unsigned number.
std::string complaint_about_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  const bool fits = error == std::errc() && end == text.data() + text.size();
  return fits ? "" : fmt::format("\"{}\" is not a whole number from 0 to 2^64 - 1", text);
}

std::string complaint_about_cases(const std::string& text) {
  int cases = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cases);
  const bool fits = error == std::errc() && end == text.data() + text.size() && cases > 0;
  return fits ? "" : fmt::format("\"{}\" is not a whole number above 0, or too large", text);
}

void add_process(CLI::App& app, ProcessCommand& command) {
  CLI::App& process = *app.add_subcommand("process", about_process);
  process.add_option("event", command.path, "The file that holds the event as JSON; - is the standard input")
      ->required()
      ->type_name("EVENT.json");
  process
      .add_option_function<std::string>(
          "--fail-if-payload-contains",
          [&command](const std::string& text) { command.options.handler.refused_text = text; },
          "Fail each record with TEXT in its body, data, keys or new image")
      ->type_name("TEXT");
  process.add_flag("--fifo", command.options.fifo,
                   "Take any SQS event for a FIFO queue's; one whose ARN ends in .fifo is so anyway");
  process.add_flag("--skip-group-on-error", command.options.skip_group_on_error,
                   "FIFO: a failure stops its own message group alone");
  process.add_flag("--json", command.json, "Print one JSON object");
  process.footer(process_footer);
}

void add_verify(CLI::App& app, VerifyCommand& command) {
  CLI::App& verify = *app.add_subcommand("verify", about_verify);
  verify.add_option("--source", command.sources, "A source to verify; may be repeated (default: all)")
      ->delimiter(',')
      ->check(CLI::IsMember(source_names()))
      ->type_name("SOURCE");
  verify.add_option("--cases", command.cases, "Random batches for each law and mode")
      ->check(complaint_about_cases)
      ->envname("BATCHPROOF_CASES")
      ->type_name("N")
      ->capture_default_str();
  verify.add_option("--seed", command.seed, "The same seed gives the same batches (default: a new one)")
      ->check(complaint_about_seed)
      ->envname("BATCHPROOF_SEED")
      ->type_name("S");
  verify
      .add_option("--subject", command.subject,
                  "processors, sample_handler or, known to be faulty, broken:NAME (default: the first two)")
      ->type_name("NAME");
  verify.add_flag("--list-subjects", command.list_subjects, "Name all subjects and their faults");
  verify.add_flag("--json", command.json, "Print one JSON object");
  verify
      .add_option("--report", command.report_folder,
                  "Write conformance.json and conformance.html into this folder")
      ->type_name("FOLDER");
  verify.footer(verify_footer);
}

void add_generate(CLI::App& app, GenerateCommand& command) {
  CLI::App& generate = *app.add_subcommand("generate", about_generate);
  generate.add_option("--source", command.source, "Where the events come from")
      ->check(CLI::IsMember(source_names()))
      ->type_name("SOURCE")
      ->capture_default_str();
  generate.add_option("--batches", command.batches, "How many events")
      ->check(complaint_about_cases)
      ->type_name("N")
      ->capture_default_str();
  generate.add_option("--records", command.records, "Records in each (default: from 0 to 12)")
      ->check(CLI::Range(0, 10'000))
      ->type_name("N");
  generate.add_option("--seed", command.seed, "The same seed gives the same events (default: a new one)")
      ->check(complaint_about_seed)
      ->envname("BATCHPROOF_SEED")
      ->type_name("S");
  generate.footer(generate_footer);
}

void add_replay(CLI::App& app, ReplayCommand& command) {
  CLI::App& replay = *app.add_subcommand("replay", about_replay);
  replay.add_option("cases", command.paths, "Files of saved cases")->required()->type_name("FILE...");
  replay
      .add_option("--subject", command.subject,
                  "broken:NAME, a processor known to be faulty (default: this library's processors)")
      ->type_name("NAME");
  replay.add_flag("--json", command.json, "Print one JSON array");
  replay.footer(replay_footer);
}

void add_zoo(CLI::App& app, ZooCommand& command) {
  CLI::App& zoo = *app.add_subcommand("zoo", about_zoo);
  zoo.add_option("--seeds", command.seeds, "How often a fault is tried by the law it names")
      ->check(complaint_about_cases)
      ->type_name("N")
      ->capture_default_str();
  zoo.add_option("--cases", command.cases, "Random batches for each trial, at most")
      ->check(complaint_about_cases)
      ->type_name("N")
      ->capture_default_str();
  zoo.add_option("--seed", command.seed, "The first seed; the others follow it")
      ->check(complaint_about_seed)
      ->type_name("S")
      ->capture_default_str();
  zoo.add_flag("--lives", command.lives,
               "The laws of whole lives too, in simulated worlds: some minutes more");
  zoo.add_flag("--json", command.json, "Print one JSON object");
  zoo.footer(zoo_footer);
}

void add_world(CLI::App& simulate, SimulateCommand& command) {
  std::vector<std::string> sources = source_names();
  sources.emplace_back("fifo");
  simulate.add_option("--source", command.source, "Where the messages come from; fifo is sqs_fifo")
      ->check(CLI::IsMember(sources))
      ->type_name("SOURCE")
      ->capture_default_str();
  simulate.add_option("--messages", command.messages, "How many are sent")
      ->check(CLI::Range(1, 10'000'000))
      ->type_name("N")
      ->capture_default_str();
  simulate.add_option("--groups", command.groups, "Message groups of a FIFO queue, keys of a stream")
      ->type_name("N")
      ->capture_default_str();
  simulate.add_option("--batch-size", command.batch_size, "Records of a batch, at most")
      ->type_name("N")
      ->capture_default_str();
  simulate.add_option("--max-receive-count", command.max_receive_count, "Queues: then it is dead-lettered")
      ->type_name("N")
      ->capture_default_str();
  simulate.add_option("--retries", command.retries, "Streams: MaximumRetryAttempts; -1 is for ever")
      ->type_name("N")
      ->capture_default_str();
  simulate.add_flag("--bisect", command.bisect, "Streams: BisectBatchOnFunctionError");
  simulate.add_flag("--no-reporting", command.no_reporting, "ReportBatchItemFailures is not enabled");
}

void add_faults(CLI::App& simulate, SimulateCommand& command) {
  const auto rate = [&simulate](const char* name, double& value, const char* what) {
    simulate.add_option(name, value, what)->type_name("RATE");
  };
  simulate.add_option("--poison", command.poison, "Messages that always fail")->type_name("N");
  rate("--flaky-rate", command.flaky_rate, "Of messages that fail once");
  rate("--crash-rate", command.crash_rate, "Of invocations that end in the middle");
  rate("--timeout-rate", command.timeout_rate, "Of invocations that hang");
  rate("--lost-response-rate", command.lost_response_rate, "Of invocations whose answer is not read");
  rate("--malformed-response-rate", command.malformed_response_rate,
       "Of invocations whose answer is damaged on its way");
  rate("--resend-rate", command.resend_rate, "SQS FIFO: of messages that are sent twice, and taken once");
  rate("--duplicate-rate", command.duplicate_rate, "SQS standard: of deletions that do not count");
}

void add_simulate(CLI::App& app, SimulateCommand& command) {
  CLI::App& simulate = *app.add_subcommand("simulate", about_simulate);
  add_world(simulate, command);
  add_faults(simulate, command);
  simulate.add_option("--seed", command.seed, "The same seed gives the same world (default: a new one)")
      ->check(complaint_about_seed)
      ->type_name("S");
  simulate.add_flag("--skip-group-on-error", command.skip_group_on_error,
                    "FIFO: a failure stops its own message group alone");
  simulate.add_flag("--stop-on-first-failure", command.stop_on_first_failure,
                    "Streams: nothing after a failure is handled");
  simulate
      .add_option("--subject", command.subject,
                  "broken:NAME, a processor known to be faulty (default: this library's)")
      ->type_name("NAME");
  simulate.add_flag("--compare", command.compare, "Beside it, the same world without partial responses");
  CLI::Option* const json = simulate.add_flag("--json", command.json, "Print one JSON object");
  CLI::Option* const html =
      simulate.add_option("--html", command.html, "Write a page with charts and the life of each message")
          ->type_name("FILE");
  simulate.add_flag("--trace", command.trace, "Print what happens, a JSON object a line")
      ->excludes(json)
      ->excludes(html);
  simulate
      .add_option("--soak", command.soak,
                  "Random worlds of every source until N deliveries, in place of this one world")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000'000}))
      ->excludes(json)
      ->excludes(html)
      ->type_name("N");
  simulate
      .add_option("--replay", command.replay,
                  "The world of a trace that was kept, again: tells the first line that differs; - is the "
                  "standard input")
      ->excludes(json)
      ->excludes(html)
      ->type_name("FILE");
  simulate.footer(simulate_footer);
}

int run(int argc, char** argv) {
  CLI::App app(about, "batchproof");
  app.set_version_flag("--version", "batchproof " BATCHPROOF_VERSION);
  app.require_subcommand(0, 1);
  app.footer(examples);
  app.get_formatter()->column_width(36);

  ProcessCommand process_command;
  VerifyCommand verify_command;
  if (argc > 0) verify_command.program = argv[0];
  add_process(app, process_command);
  add_verify(app, verify_command);
  GenerateCommand generate_command;
  add_generate(app, generate_command);
  ReplayCommand replay_command;
  add_replay(app, replay_command);
  ZooCommand zoo_command;
  add_zoo(app, zoo_command);
  SimulateCommand simulate_command;
  add_simulate(app, simulate_command);
  std::function<int()> lint;
  add_lint(app, lint);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  }
  if (app.get_subcommands().empty()) {
    throw UsageError(
        "a command is missing: process, verify, replay, generate, simulate, zoo or lint; batchproof --help "
        "tells more");
  }
  if (app.got_subcommand("process")) return process(process_command);
  if (app.got_subcommand("generate")) return generate(generate_command);
  if (app.got_subcommand("replay")) return replay(replay_command);
  if (app.got_subcommand("zoo")) return zoo(zoo_command);
  if (app.got_subcommand("simulate")) return simulate(simulate_command);
  if (app.got_subcommand("lint")) return lint();
  return verify(verify_command);
}

void complain(const std::string& what) { fmt::print(stderr, "batchproof: {}\n", printable(what)); }

}  // namespace
}  // namespace batchproof::tools

int main(int argc, char** argv) {
  using namespace batchproof::tools;
  try {
    return run(argc, argv);
  } catch (const CLI::Error& error) {
    complain(std::string(error.what()) + "; batchproof --help tells more");
  } catch (const std::exception& error) {
    complain(error.what());
  } catch (...) {
    complain("stopped by an exception of an unknown kind");
  }
  return could_not_do_it;
}
