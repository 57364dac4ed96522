#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/laws.hpp>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace batchproof::properties {
namespace {

std::string calls_as_text(const Observation& observation) {
  std::string text;
  for (const RecordProbe::Call& call : observation.calls) {
    text += (text.empty() ? "\"" : ", \"") + call.item_identifier + (call.threw ? "\" (threw)" : "\"");
  }
  return text.empty() ? "nothing" : text;
}

bool same_calls(const Evidence& first, const Evidence& second) {
  const auto calls_of = [](const Evidence& evidence) {
    using Call = std::tuple<std::size_t, std::string_view, bool>;  // its order, its identifier, threw
    const auto& record_of_call = evidence.handled().record_of_call;
    // Handlers that take turns may wait for timers too, so that they start in another order.
    const bool has_any_order =
        fixtures::is_standard_queue(evidence.batch_case.source) || evidence.run.timeline;
    std::vector<Call> calls;
    for (std::size_t number = 0; number < evidence.run.calls.size(); ++number) {
      const RecordProbe::Call& call = evidence.run.calls[number];
      const auto index = record_of_call[number];
      const std::size_t order = has_any_order || !index ? 0 : evidence.orders()[*index];
      calls.emplace_back(order, call.item_identifier, call.threw);
    }
    if (has_any_order) {
      std::sort(calls.begin(), calls.end());
    } else {
      std::stable_sort(calls.begin(), calls.end(), [](const Call& left, const Call& right) {
        return std::get<0>(left) < std::get<0>(right);
      });
    }
    return calls;
  };
  return calls_of(first) == calls_of(second);
}

std::multiset<std::string_view> reported_by(const Evidence& evidence) {
  return {evidence.view().reported.begin(), evidence.view().reported.end()};
}

/// When both answers fail the whole batch, the listed identifiers are compared nevertheless, since leftover
/// state shows there first.
bool same_effect(const Evidence& first, const Evidence& second) {
  if (first.run.threw_event_error != second.run.threw_event_error) return false;
  for (std::size_t index = 0; index < first.batch_case.records.size(); ++index) {
    if (first.comes_again(index) != second.comes_again(index)) return false;
  }
  return !first.view().complete_failure || reported_by(first) == reported_by(second);
}

std::string answer_as_text(const Observation& observation) {
  return observation.response ? "answered " + *observation.response : "refused: " + observation.error;
}

/// How a second run on the same batch differed, as the end of a sentence; nothing when it did not. Compares
/// how the service reads the answers, not the bytes of a response or the words of an error. Of the
/// calls, the order of those that may come in any order is not compared either.
std::optional<std::string> run_difference(const Evidence& first, const Evidence& second) {
  if (!same_calls(first, second)) {
    return "is handled otherwise: " + calls_as_text(second.run) + " where it was " + calls_as_text(first.run);
  }
  if (!same_effect(first, second)) {
    return "is " + answer_as_text(second.run) + ", where it was " + answer_as_text(first.run);
  }
  return std::nullopt;
}

/// The batch that came between the two runs, as far as its calls are known.
std::string batch_between(const Observation& run) {
  const bool is_known = run.further_runs.size() > 1 && !run.further_runs.front().calls.empty();
  return is_known ? "a batch that handled " + calls_as_text(run.further_runs.front()) : "another batch";
}

std::vector<Violation> fresh_violations(const Evidence& evidence) {
  const Observation& again = evidence.run.further_runs.back();
  const auto difference = run_difference(evidence, Evidence(evidence.batch_case, evidence.claims, again));
  if (!difference) return {};
  return {"the same batch, after " + batch_between(evidence.run) + ", " + *difference};
}

}  // namespace

constinit const Law fresh{
    .id = "fresh",
    .sentence = "No outcome depends on an earlier batch.",
    .aws_page = "Lambda execution environment lifecycle",
    .experiment = Experiment::again,
    .judges = has_further_runs,
    .violations = fresh_violations,
};

}  // namespace batchproof::properties
