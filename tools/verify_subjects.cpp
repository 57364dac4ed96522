#include "verify_subjects.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "sample_order_handler.hpp"

namespace batchproof::tools {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

/// The budget of each of some twenty runs: enough for all batches of up to 3 records.
std::optional<std::chrono::milliseconds> small_cases_budget() {
  if (std::getenv("BATCHPROOF_SMALL_CASES_MILLISECONDS") != nullptr) return std::nullopt;  // which applies
  return std::chrono::milliseconds(100);
}

/// Handlers take multiples of 200 ms, so that exactly this much is left before some of them.
std::chrono::milliseconds reserve_of(const ProcessorClaims& claims) {
  return std::chrono::milliseconds(claims.raise_on_entire_batch_failure ? 400 : 0);
}

VerifyRun run_of_library_processor(Source source, fixtures::ProcessorMode mode) {
  mode.claims.reserve = reserve_of(mode.claims);
  return processor_run(mode.name, source, mode.claims, fixtures::library_processor(source, mode.claims),
                       true);
}

}  // namespace

void apply(const RunSettings& settings, VerifyHandlerOptions& options) {
  properties::narrow_replay([=](auto) { return settings.replay_arguments; });
  options.cases = settings.cases;
  options.seed = settings.seed;
  options.largest_batch = settings.largest_batch;
  options.small_cases_budget = small_cases_budget();
  options.hostile = true;
  options.shard = settings.shard;
}

std::string replay_command_of(const RunSettings& settings) {
  std::string command;
  for (const std::string& argument : settings.replay_arguments)
    command += properties::quoted_for_shell(argument) + " ";
  if (!settings.shard.is_whole()) command += fmt::format("--shard {} ", to_text(settings.shard));
  return command + fmt::format("--seed {} --cases {}", settings.seed, settings.cases);
}

VerifyRun processor_run(std::string mode, Source source, const ProcessorClaims& claims,
                        fixtures::Subject subject, bool odd_fields) {
  return {std::move(mode),
          {source},
          [source, claims, subject = std::move(subject), odd_fields](const RunSettings& settings) {
            return properties::verify_laws(properties::processor_laws(), source, subject, claims,
                                           {.cases = settings.cases,
                                            .seed = settings.seed,
                                            .largest_batch = settings.largest_batch,
                                            .small_cases_budget = small_cases_budget(),
                                            .progress = settings.progress,
                                            .replay_command = replay_command_of(settings),
                                            .hostile = true,
                                            .processes = properties::Processes::any,
                                            .shard = settings.shard,
                                            .odd_fields = odd_fields});
          }};
}

VerifySubject library_processors() {
  VerifySubject subject{"processors", "This library's processors, in every mode of each source.", {}};
  const auto add_modes = [&](Source source) {
    for (const fixtures::ProcessorMode& mode : fixtures::info_of(source).modes) {
      subject.runs.push_back(run_of_library_processor(source, mode));
      fixtures::ProcessorMode other = answering_always(mode);
      other.claims.meets_requests = true;
      subject.runs.push_back(run_of_library_processor(source, std::move(other)));
      if (fixtures::has_shards(source)) continue;
      fixtures::ProcessorMode raising = mode;  // whose last steps are others than those that answer
      raising.name += ", with actions";
      raising.claims.meets_requests = true;
      subject.runs.push_back(run_of_library_processor(source, std::move(raising)));
    }
  };
  for (const Source source : fixtures::all_sources) add_modes(source);
  for (const Source source : fixtures::pipe_sources) add_modes(source);
  return subject;
}

VerifySubject sample_handler() {
  const std::vector<std::string> accepted{R"({"quantity": 2})", R"({"order_id": "o-1", "quantity": 1})",
                                          R"({"quantity": 0.5, "sku": "tea"})"};
  const std::vector<std::string> rejected{R"({"quantity": 0})",
                                          R"({"quantity": -1})",
                                          R"({"quantity": "2"})",
                                          R"({"order_id": "o-1"})",
                                          "[2]",
                                          "not json",
                                          ""};
  const std::vector<std::string> accepted_items{R"({"quantity": {"N": "2"}})",
                                                R"({"order_id": {"S": "o-1"}, "quantity": {"N": "0.5"}})"};
  const std::vector<std::string> rejected_items{R"({"quantity": {"N": "0"}})", R"({"quantity": {"N": "-1"}})",
                                                R"({"quantity": {"S": "2"}})",
                                                R"({"order_id": {"S": "o-1"}})"};
  VerifySubject subject{"sample_handler", "The order handler of `batchproof process --handler sample`.", {}};
  for (const Source source : fixtures::all_sources) {
    const bool are_items = fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item;
    const VerifyHandlerOptions options{.accepted = are_items ? accepted_items : accepted,
                                       .rejected = are_items ? rejected_items : rejected};
    fixtures::with_record_type(source, [&]<class Record>() {
      if (source == fixtures::source_of<Record>())  // one run for both kinds of queue
        subject.runs.push_back(handler_run<Record>(SampleOrderHandler(), options));
    });
  }
  return subject;
}

void keep_sources(VerifySubject& subject, const std::vector<Source>& wanted) {
  std::vector<VerifyRun> kept;
  for (VerifyRun& run : subject.runs) {
    std::vector<Source> sources;
    std::copy_if(run.sources.begin(), run.sources.end(), std::back_inserter(sources), [&](Source source) {
      return std::find(wanted.begin(), wanted.end(), source) != wanted.end();
    });
    if (sources.empty()) continue;
    run.sources = std::move(sources);
    kept.push_back(std::move(run));
  }
  subject.runs = std::move(kept);
}

}  // namespace batchproof::tools
