#include "record_outcome.hpp"

#include <batchproof/fixtures/source.hpp>

namespace batchproof::tools {

std::string_view name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::ok:
      return "ok";
    case Outcome::failed:
      return "failed";
    case Outcome::not_handled:
      return "not handled";
  }
  return "unknown";
}

std::string follows(fixtures::Source source, bool comes_back, Outcome outcome, bool invocation_failed) {
  if (fixtures::has_partitions(source)) return comes_back ? "retried" : "done";
  if (!fixtures::is_stream(source)) return comes_back ? "returned to the queue" : "deleted";
  if (!comes_back) return "done";
  return outcome == Outcome::ok && !invocation_failed ? "retried (after the checkpoint)" : "retried";
}

std::string what_the_handler_does(const FailureOptions& failures) {
  if (failures.sample_handler) return "the sample handler of orders such as {\"quantity\": 2}";
  return failures.empty() ? "accepts every record; the options --fail-... name those that fail"
                          : "accepts every record but those that the options name";
}

void refuse_options_of_queues(const ProcessingOptions& options, fixtures::Source source) {
  if (!options.fifo && !options.skip_group_on_error) return;
  throw UsageError(fmt::format("{} is for SQS, and this event is from {}",
                               options.fifo ? "--fifo" : "--skip-group-on-error", fixtures::name(source)));
}

}  // namespace batchproof::tools
