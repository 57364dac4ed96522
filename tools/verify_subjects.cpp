#include "verify_subjects.hpp"

#include <fmt/core.h>

#include <batchproof/fixtures/broken_handlers.hpp>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/properties/kill_matrix.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <chrono>
#include <utility>

#include "sample_order_handler.hpp"

namespace batchproof::tools {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

/// For each of some twenty runs: enough for all batches of up to 3 records.
constexpr std::chrono::milliseconds small_cases_budget(100);

std::string replay_command_of(const RunSettings& settings) {
  std::string command;
  for (const std::string& argument : settings.replay_arguments) command += argument + " ";
  return command + fmt::format("--seed {} --cases {}", settings.seed, settings.cases);
}

VerifyRun run_of(std::string mode, Source source, const ProcessorClaims& claims, fixtures::Subject subject) {
  return {
      std::move(mode), {source}, [source, claims, subject = std::move(subject)](const RunSettings& settings) {
        return properties::verify_laws(properties::processor_laws(), source, subject, claims,
                                       {.cases = settings.cases,
                                        .seed = settings.seed,
                                        .small_cases_budget = small_cases_budget,
                                        .progress = settings.progress,
                                        .replay_command = replay_command_of(settings)});
      }};
}

constexpr const char* every_mode = "in every processor mode";
constexpr const char* answers = ", raise_on_entire_batch_failure = false";

/// Both ways to answer a batch that failed as a whole.
void add_modes(std::vector<VerifyRun>& runs, const std::string& name, Source source, ProcessorClaims claims) {
  claims.reserve = std::chrono::milliseconds(300);
  for (const bool raises : {true, false}) {
    claims.raise_on_entire_batch_failure = raises;
    runs.push_back(
        run_of(name + (raises ? "" : answers), source, claims, fixtures::library_processor(source, claims)));
  }
}

template <class Record, class Handler>
VerifyRun run_of_handler(std::string name, std::vector<Source> sources, Handler handler,
                         VerifyHandlerOptions options) {
  return {std::move(name), std::move(sources),
          [handler, options = std::move(options)](const RunSettings& settings) mutable {
            properties::narrow_replay([=](auto) { return settings.replay_arguments; });
            options.cases = settings.cases;
            options.seed = settings.seed;
            options.small_cases_budget = small_cases_budget;
            return verify_handler<Record>(handler, options);
          }};
}

}  // namespace

VerifySubject library_processors() {
  VerifySubject subject{"processors", "This library's processors, in every mode of each source.", {}};
  const std::string fifo = "SqsFifoPartialProcessor";
  add_modes(subject.runs, "BatchProcessor", Source::sqs, {});
  add_modes(subject.runs, fifo, Source::sqs_fifo, {});
  add_modes(subject.runs, fifo + ", skip_group_on_error = true", Source::sqs_fifo,
            {.skip_group_on_error = true});
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    add_modes(subject.runs, "BatchProcessor", source, {});
    add_modes(subject.runs, "BatchProcessor, stop_on_first_failure = true", source,
              {.stops_on_first_failure = true});
  }
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
  const SampleOrderHandler handler;
  return {"sample_handler",
          "The order handler of `batchproof process --handler sample`.",
          {run_of_handler<SqsRecord>(every_mode, {Source::sqs, Source::sqs_fifo}, handler,
                                     {.accepted = accepted, .rejected = rejected}),
           run_of_handler<KinesisStreamRecord>(every_mode, {Source::kinesis}, handler,
                                               {.accepted = accepted, .rejected = rejected}),
           run_of_handler<DynamoDbRecord>(every_mode, {Source::dynamodb}, handler,
                                          {.accepted = accepted_items, .rejected = rejected_items})}};
}

std::vector<VerifySubject> broken_subjects() {
  std::vector<VerifySubject> subjects;
  for (const auto& broken : fixtures::broken_processors()) {
    subjects.push_back(
        {"broken:" + broken.name, broken.fault, {run_of("", broken.source, broken.claims, broken.subject)}});
  }
  for (const auto& broken : fixtures::broken_handlers()) {
    subjects.push_back({"broken:" + broken.name,
                        broken.fault,
                        {run_of_handler<SqsRecord>(every_mode, {Source::sqs, Source::sqs_fifo},
                                                   broken.handler, properties::contract_of(broken))}});
  }
  return subjects;
}

}  // namespace batchproof::tools
