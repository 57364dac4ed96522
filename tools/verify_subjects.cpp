#include "verify_subjects.hpp"

#include <fmt/core.h>

#include <batchproof/fixtures/broken_handlers.hpp>
#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <exception>
#include <utility>

#include "sample_order_handler.hpp"

namespace batchproof::tools {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

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
                                        .progress = settings.progress,
                                        .replay_command = replay_command_of(settings)});
      }};
}

/// Nothing but the two promised errors may leave the library: anything else becomes an answer that every law
/// refuses.
template <class Processor>
fixtures::Subject subject_of(Processor processor) {
  return [processor = std::move(processor)](std::string_view payload, RecordProbe& probe) -> std::string {
    const auto handler = [&](const typename Processor::record_type& record) { probe(record); };
    try {
      return process_partial_response(payload, handler, processor);
    } catch (const BatchProcessingError&) {
      throw;
    } catch (const EventError&) {
      throw;
    } catch (const std::exception& error) {
      return fmt::format("an error that was not promised: {}", error.what());
    } catch (...) {
      return "an exception that was not promised";
    }
  };
}

constexpr const char* every_mode = "in every processor mode";
constexpr const char* answers = ", raise_on_entire_batch_failure = false";

void add_standard(std::vector<VerifyRun>& runs) {
  const std::string name = "BatchProcessor";
  for (const bool raises : {true, false}) {
    runs.push_back(run_of(name + (raises ? "" : answers), Source::sqs,
                          {.raise_on_entire_batch_failure = raises},
                          subject_of(BatchProcessor<SqsRecord>({.raise_on_entire_batch_failure = raises}))));
  }
}

void add_fifo(std::vector<VerifyRun>& runs) {
  for (const bool skips : {false, true}) {
    const std::string name =
        skips ? "SqsFifoPartialProcessor, skip_group_on_error = true" : "SqsFifoPartialProcessor";
    for (const bool raises : {true, false}) {
      runs.push_back(run_of(name + (raises ? "" : answers), Source::sqs_fifo,
                            {.skip_group_on_error = skips, .raise_on_entire_batch_failure = raises},
                            subject_of(SqsFifoPartialProcessor(
                                {.skip_group_on_error = skips, .raise_on_entire_batch_failure = raises}))));
    }
  }
}

template <class Record>
void add_stream(std::vector<VerifyRun>& runs, Source source) {
  for (const bool stops : {false, true}) {
    const std::string name = stops ? "BatchProcessor, stop_on_first_failure = true" : "BatchProcessor";
    for (const bool raises : {true, false}) {
      runs.push_back(run_of(name + (raises ? "" : answers), source,
                            {.raise_on_entire_batch_failure = raises, .stops_on_first_failure = stops},
                            subject_of(BatchProcessor<Record>(
                                {.raise_on_entire_batch_failure = raises, .stop_on_first_failure = stops}))));
    }
  }
}

template <class Record, class Handler>
VerifyRun run_of_handler(std::string name, std::vector<Source> sources, Handler handler,
                         std::vector<std::string> accepted, std::vector<std::string> rejected) {
  return {std::move(name), std::move(sources),
          [handler, accepted = std::move(accepted),
           rejected = std::move(rejected)](const RunSettings& settings) mutable {
            properties::narrow_replay([=](auto) { return settings.replay_arguments; });
            return verify_handler<Record>(
                handler,
                {.accepted = accepted, .rejected = rejected, .cases = settings.cases, .seed = settings.seed});
          }};
}

}  // namespace

VerifySubject library_processors() {
  VerifySubject subject{"processors", "This library's processors, in every mode of each source.", {}};
  add_standard(subject.runs);
  add_fifo(subject.runs);
  add_stream<KinesisStreamRecord>(subject.runs, Source::kinesis);
  add_stream<DynamoDbRecord>(subject.runs, Source::dynamodb);
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
  return {
      "sample_handler",
      "The order handler that `batchproof process` runs.",
      {run_of_handler<SqsRecord>(every_mode, {Source::sqs, Source::sqs_fifo}, handler, accepted, rejected),
       run_of_handler<KinesisStreamRecord>(every_mode, {Source::kinesis}, handler, accepted, rejected),
       run_of_handler<DynamoDbRecord>(every_mode, {Source::dynamodb}, handler, accepted_items,
                                      rejected_items)}};
}

std::vector<VerifySubject> broken_subjects() {
  std::vector<VerifySubject> subjects;
  for (const auto& broken : fixtures::broken_processors()) {
    subjects.push_back(
        {"broken:" + broken.name, broken.fault, {run_of("", broken.source, broken.claims, broken.subject)}});
  }
  for (const auto& broken : fixtures::broken_handlers()) {
    subjects.push_back(
        {"broken:" + broken.name,
         broken.fault,
         {run_of_handler<SqsRecord>(every_mode, {Source::sqs, Source::sqs_fifo}, broken.handler,
                                    fixtures::good_orders(), fixtures::bad_orders())}});
  }
  return subjects;
}

}  // namespace batchproof::tools
