#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <batchproof/blackbox.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/replay.hpp>
#include <cerrno>
#include <iterator>
#include <memory>
#include <random>
#include <utility>

#include "broken_subjects.hpp"
#include "command.hpp"
#include "concurrent_runs.hpp"
#include "function_options.hpp"
#include "json_output.hpp"
#include "options.hpp"
#include "output.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "verify_all.hpp"
#include "verify_output.hpp"
#include "verify_subjects.hpp"
#include "window_subject.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;

constexpr const char* about_verify = "Verify processors and handlers on random batches";

constexpr const char* verify_footer =
    R"(Verifies this library's processors in every mode of each source, and the sample handler;
or another subject. Shows the smallest batch that violates a law, with a command that
replays it.

Examples:
  batchproof verify
  batchproof verify --source sqs_fifo --cases 10000
  batchproof verify --seed 42 --json
  batchproof verify --report report   report/conformance.html, a page for people
  batchproof verify --seed 42 --shard 0/4 --json > shard-0.json   (a quarter)
  batchproof verify --list-subjects
  batchproof verify --subject broken:skip_group_ignored
  batchproof verify --function --source sqs_fifo --accepted good.jsonl \
    --rejected bad.jsonl -- node loop.mjs     a Lambda function in any language

Status: 0 when every law held, 1 when one was violated or nothing was proved, 2 when
nothing could be verified.)";

struct VerifyOptions {
  std::vector<std::string> sources{};  ///< by name; all when empty
  int cases = 1000;                    ///< random batches for each law and mode
  std::optional<std::uint64_t> seed{};
  std::optional<std::size_t> largest_batch{};
  fixtures::Shard shard{};
  std::optional<std::size_t> jobs{};  ///< processes; as many as there are cores when empty
  std::string subject{};              ///< empty: the library's processors and the sample handler
  bool list_subjects = false;
  bool json = false;
  FunctionOptions function{};
  PayloadPaths payloads{};
  std::string record_fields{};  ///< JSON
  bool cold = false;            ///< a new process of the function for each batch
  bool near_misses = true;      ///< of the payloads that the function accepts
  bool hostile = false;         ///< adds input that AWS never sends
  int max_concurrency = 1;      ///< of the function
  std::string report_folder{};  ///< for conformance.json and conformance.html; none when empty
};

std::vector<VerifySubject> own_subjects() {
  VerifySubject processors = library_processors();
  for (const Source source : fixtures::window_sources) {
    processors.runs.push_back(processor_run("process_window", source, window_claims, window_subject(source)));
  }
  for (VerifyRun& run : concurrent_runs()) processors.runs.push_back(std::move(run));
  return {std::move(processors), sample_handler()};
}

std::vector<VerifySubject> all_subjects() {
  std::vector<VerifySubject> subjects = own_subjects();
  auto broken = broken_subjects();
  std::move(broken.begin(), broken.end(), std::back_inserter(subjects));
  return subjects;
}

int list_subjects(const VerifyOptions& options) {
  if (options.json) {
    nlohmann::ordered_json json = begin_json_output();
    json["subjects"] = nlohmann::ordered_json::array();
    for (const VerifySubject& subject : all_subjects())
      json["subjects"].push_back({{"subject", subject.name}, {"description", subject.description}});
    print(to_text(json));
    return 0;
  }
  std::vector<Row> rows{{{"subject"}, {"what it is"}}};
  for (const VerifySubject& subject : all_subjects()) rows.push_back({{subject.name}, {subject.description}});
  print(table(rows, false));
  return 0;
}

/// Without `--source` the sources of Lambda; for a single subject also those of pipes and of windows.
std::vector<Source> chosen_sources(const VerifyOptions& options) {
  if (options.sources.empty()) {
    if (options.subject.empty()) return {fixtures::all_sources.begin(), fixtures::all_sources.end()};
    return {fixtures::every_source.begin(), fixtures::every_source.end()};
  }
  std::vector<Source> sources;
  for (const std::string& name : options.sources) sources.push_back(source_of(name));
  return sources;
}

/// Batches of several sources are as large as each allows; a number that is above all of their limits is a
/// mistake.
void check_largest_batch(const VerifyOptions& options, const std::vector<Source>& sources) {
  std::size_t most = 0;
  for (const Source source : sources) most = std::max(most, fixtures::info_of(source).largest_batch);
  if (options.largest_batch.value_or(0) <= most) return;
  throw UsageError(fmt::format("--largest-batch is {}, and a batch of {} has up to {} records",
                               *options.largest_batch, fixtures::name(sources.front()), most));
}

std::vector<VerifySubject> chosen_subjects(const std::string& name) {
  if (name.empty()) return own_subjects();
  auto subjects = all_subjects();
  const auto found = std::find_if(subjects.begin(), subjects.end(),
                                  [&](const VerifySubject& subject) { return subject.name == name; });
  if (found == subjects.end()) {
    throw UsageError(
        fmt::format("there is no subject \"{}\"; batchproof verify --list-subjects names them", name));
  }
  return {std::move(*found)};
}

bool is_empty(const VerifySubject& subject) { return subject.runs.empty(); }

std::string replay_command_of(const VerifyOptions& options, Source source, std::uint64_t seed) {
  std::string command =
      fmt::format("{} verify{} --source {}", properties::quoted_for_shell(program_invocation_name),
                  text_of(options.function), fixtures::name(source));
  command += text_of(options.payloads, options.record_fields);
  if (options.max_concurrency > 1) command += fmt::format(" --max-concurrency {}", options.max_concurrency);
  if (options.cold) command += " --cold";
  if (options.hostile) command += " --hostile";
  if (!options.near_misses) command += " --no-near-misses";
  if (options.largest_batch) command += fmt::format(" --largest-batch {}", *options.largest_batch);
  if (!options.shard.is_whole()) command += " --shard " + to_text(options.shard);
  return command + fmt::format(" --seed {} --cases {} -- {}", seed, options.cases, command_text());
}

/// Throws `UsageError` for claims that no function of the source can mean.
void check_claims(Source source, const fixtures::ProcessorClaims& claims) {
  if (claims.skip_group_on_error && !fixtures::is_fifo_queue(source))
    throw UsageError(fmt::format("--skip-group-on-error is for FIFO queues, and the source is {}",
                                 fixtures::name(source)));
  if (claims.skip_group_on_error && claims.stop_on_first_failure)
    throw UsageError(
        "--skip-group-on-error and --stop-on-first-failure exclude each other: after a failure the function "
        "goes on with other message groups, or it stops");
  if (claims.order_by_key && !fixtures::has_shards(source))
    throw UsageError(fmt::format("--order-by-key is for Kafka and streams, and records of {} have no keys",
                                 fixtures::name(source)));
}

/// The subject of --function.
VerifySubject subject_of_function(const VerifyOptions& options) {
  if (options.sources.size() != 1) throw UsageError("--function needs one --source: that of its events");
  if (options.payloads.accepted.empty() && options.payloads.rejected.empty())
    throw UsageError("--function needs payloads: --accepted FILE, --rejected FILE or both");
  if (options.largest_batch == 0U && !options.hostile)
    throw UsageError("--largest-batch 0 needs --hostile: AWS sends no batch without records");
  const Source source = source_of(options.sources.front());
  check_claims(source, options.function.claims);
  check_record_fields(source, options.record_fields);
  Function function = function_of(options.function);
  function.max_concurrency = options.max_concurrency;
  VerifyFunctionOptions verified{.skip_group_on_error = options.function.claims.skip_group_on_error,
                                 .stop_on_first_failure = options.function.claims.stop_on_first_failure,
                                 .accepted = read_payloads(options.payloads.accepted, source),
                                 .rejected = read_payloads(options.payloads.rejected, source),
                                 .cases = options.cases,
                                 .handled = options.function.handled,
                                 .cold = options.cold,
                                 .hostile = options.hostile,
                                 .near_misses = options.near_misses,
                                 .largest_batch = options.largest_batch,
                                 .shard = options.shard,
                                 .record_fields = options.record_fields,
                                 .order_by_key = options.function.claims.order_by_key};
  check_both_lists(verified.accepted, verified.rejected);
  const auto verify = [=](const RunSettings& settings) mutable {
    verified.seed = settings.seed;
    return blackbox::verify_function({.source = source,
                                      .progress = settings.progress,
                                      .replay_command = replay_command_of(options, source, settings.seed)},
                                     function, verified);
  };
  return {command_text(), "a Lambda function", {{"", {source}, verify}}};
}

int verify(const VerifyOptions& options) {
  if (options.list_subjects) return list_subjects(options);
  check_largest_batch(options, chosen_sources(options));
  auto subjects =
      options.function.is_used ? std::vector{subject_of_function(options)} : chosen_subjects(options.subject);
  for (VerifySubject& subject : subjects) keep_sources(subject, chosen_sources(options));
  if (std::all_of(subjects.begin(), subjects.end(), is_empty)) {
    throw UsageError(fmt::format("the subject \"{}\" is not for that source", options.subject));
  }
  const std::uint64_t seed = options.seed ? *options.seed : std::random_device{}();
  // An unwritable folder is reported at once, and an interrupted run leaves no page that says "passed".
  const std::string& folder = options.report_folder;
  if (!folder.empty()) properties::write_conformance(folder, {});
  const VerifyAllSettings settings{.cases = options.cases,
                                   .seed = seed,
                                   .largest_batch = options.largest_batch,
                                   .shard = options.shard,
                                   .jobs = options.jobs,
                                   .command = {program_invocation_name, "verify"}};
  if (!options.json) {
    print(heading_of(settings));
    flush_output();
  }
  const VerifyResult verification = verify_all(subjects, settings);
  print(options.json ? json_of(verification)
                     : text_of(verification, wants_colour(stdout), reader_of(stdout)));
  write_report(folder, verification, !options.json);
  return verification.passed() ? 0 : 1;
}

void add_function_under_test(CLI::App& command, VerifyOptions& options) {
  add_function(command, options.function);
  add_claims(command, options.function.claims);
  command.add_flag("--order-by-key", options.function.claims.order_by_key,
                   "Streams and Kafka: a failure may stop the later records of its key");
  add_payloads(command, options.payloads, {"Payloads that the function accepts", "Payloads that it rejects"},
               options.record_fields);
  add_handled(command, options.function);
  command.add_flag("--cold", options.cold, "A new process of the function for each batch");
  command.add_flag("--hostile", options.hostile, "Also send what AWS never sends; all of it is JSON");
  command.add_flag("!--no-near-misses", options.near_misses,
                   "Send no payloads that nearly are those that the function accepts");
  add_number(command, "--max-concurrency", options.max_concurrency, {1, 64},
             "Batches at a time in one process (Lambda managed instances)");
  demand_function(command, {"--skip-group-on-error", "--stop-on-first-failure", "--order-by-key",
                            "--accepted", "--rejected", "--record-fields", "--cold", "--hostile",
                            "--no-near-misses", "--max-concurrency"});
  refuse_with_function(command, {"--subject", "--list-subjects"});
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App& command = *app.add_subcommand("verify", about_verify);
  command
      .add_option(
          "--source", options->sources,
          "A source to verify; may be repeated (default: all but those of pipes and windows, and with "
          "--subject also these)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->transform(short_source_names())
      ->check(CLI::IsMember(source_names()))
      ->type_name("SOURCE");
  add_number(command, "--cases", options->cases, number_of_cases, "Random batches for each law and mode",
             "BATCHPROOF_CASES");
  add_seed(command, options->seed, "The same seed gives the same batches (default: a new one)",
           "BATCHPROOF_SEED");
  add_number(command, "--largest-batch", options->largest_batch, {0, 10'000},
             "Records of the largest batch (default: 10,000, of functions and handlers 1,000, of a FIFO "
             "queue 10)");
  add_shard(command, options->shard, "Only this part of the batches, such as 0/4 to 3/4; see merge");
  add_number(command, "--jobs", options->jobs, {1, 1024},
             "Processes that share the runs (default: as many as there are cores)");
  command
      .add_option("--subject", options->subject,
                  "processors, sample_handler or, known to be faulty, broken:NAME (default: the first two)")
      ->check(not_empty)
      ->type_name("NAME");
  command.add_flag("--list-subjects", options->list_subjects, "Name all subjects and their faults");
  add_function_under_test(command, *options);
  command.add_flag("--json", options->json, "Print one JSON object");
  command
      .add_option("--report", options->report_folder,
                  "Write conformance.json and conformance.html into this folder")
      ->check(not_empty)
      ->type_name("FOLDER");
  command.footer(verify_footer);
  command.callback([options, &action] { action = [options] { return verify(*options); }; });
}

}  // namespace batchproof::tools
