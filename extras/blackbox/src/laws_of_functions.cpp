// The laws of functions, in an order in which the first violated law names the cause.

#include <array>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/properties/laws.hpp>
#include <vector>

namespace batchproof::blackbox {
namespace {

using properties::Law;

bool applies_never(fixtures::Source, const fixtures::ProcessorClaims&) { return false; }

/// A run that is compared for its state is for the law `window`.
std::vector<properties::Violation> fresh_violations(const properties::Evidence& evidence) {
  if (evidence.run.further_runs.empty() || evidence.run.wrong_state) return {};
  return {evidence.run.further_runs.back().note};
}

/// The subject compares the answer with that of a new process, so the law needs one run alone.
Law fresh_of_functions(bool cold) {
  Law law = properties::fresh;
  law.experiment = properties::Experiment::one_run;
  law.judges = properties::judges_always;
  law.violations = fresh_violations;
  if (cold) law.applies = applies_never;  // no process meets a second batch
  return law;
}

/// A function is in any language.
Law contained_of_functions() {
  Law law = properties::contained;
  law.sentence = "Whatever the work on one record throws fails that record alone.";
  return law;
}

std::vector<properties::Violation> survives_violations(const properties::Evidence& evidence) {
  if (!evidence.run.process_end) return {};
  return {*evidence.run.process_end};
}

/// A function has a process of its own anyway. Only hostile input is judged, since a crash in a batch as AWS
/// sends it violates `contained`.
Law survives_of_functions() {
  Law law = properties::survives;
  law.experiment = properties::Experiment::damaged;
  law.violations = survives_violations;
  return law;
}

std::vector<Law> make_laws(bool sees_handling, bool cold) {
  std::vector<Law> laws{fresh_of_functions(cold), contained_of_functions(), properties::well_formed};
  if (sees_handling) laws.push_back(properties::once_in_order);
  for (const Law* const law : {&properties::fifo_stops, &properties::skip_the_group, &properties::checkpoint,
                               &properties::partition, &properties::nothing_lost, &properties::nothing_extra})
    laws.push_back(*law);
  laws.push_back(properties::window_of_own_state);
  laws.push_back(survives_of_functions());
  for (Law law : properties::processor_laws()) {
    if (properties::law_named(laws, law.id) != nullptr) continue;
    law.applies = applies_never;
    laws.push_back(law);
  }
  for (const std::string_view id : properties::laws_seen_from_inside())
    laws.push_back(
        {.id = id, .sentence = "", .aws_page = "", .applies = applies_never, .violations = fresh_violations});
  return laws;
}

}  // namespace

std::span<const Law> laws_of_functions(bool sees_handling, bool cold) noexcept {
  static const std::array<std::vector<Law>, 4> laws{make_laws(false, false), make_laws(true, false),
                                                    make_laws(false, true), make_laws(true, true)};
  return laws.at((sees_handling ? 1U : 0U) + (cold ? 2U : 0U));
}

}  // namespace batchproof::blackbox
