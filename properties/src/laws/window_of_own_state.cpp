#include <batchproof/properties/laws.hpp>
#include <utility>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_states(const Evidence& evidence) {
  std::string wrong = evidence.run.wrong_state.value_or("");
  if (wrong.empty()) return {};
  return {std::move(wrong)};
}

}  // namespace

/// The state of a user has a form of its own, so the subject compares it with that of other invocations.
constinit const Law window_of_own_state{
    .id = "window",
    .sentence =
        "Tumbling windows: the state in the answer goes on from the state in the event, and holds exactly "
        "the "
        "records before the checkpoint, each once.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .applies = [](fixtures::Source source,
                  const fixtures::ProcessorClaims&) { return fixtures::has_windows(source); },
    .judges = [](const Evidence& evidence) { return evidence.run.wrong_state.has_value(); },
    .violations = violations_of_states,
    .expected = "the state in the event, and each record before the checkpoint once",
};

}  // namespace batchproof::properties
