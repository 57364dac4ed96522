#include "expected_run.hpp"

#include <algorithm>
#include <array>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::blackbox {
namespace {

using fixtures::BatchCase;
using fixtures::ProcessorClaims;
using properties::ExpectedOutcome;
using properties::Observation;

/// Another claim, with which a function answers otherwise.
struct OtherClaim {
  bool ProcessorClaims::*member;
  std::string_view what_it_does;
  std::string_view names;  // in options and on the command line
};

constexpr std::array other_claims{
    OtherClaim{&ProcessorClaims::skip_group_on_error, "goes on with other message groups after a failure",
               "skip_group_on_error, --skip-group-on-error"},
    OtherClaim{&ProcessorClaims::stop_on_first_failure, "stops at its first failure",
               "stop_on_first_failure, --stop-on-first-failure"}};

/// Says when the answer reports all of the batch, as that of a function does whose design `simulate` judges:
/// the service delivers all of it again, and nothing is lost.
std::string design_that_fits(const BatchCase& batch_case, const Observation& run,
                             const ProcessorClaims& claims) {
  const properties::Evidence evidence(batch_case, claims, run);
  const auto& records = batch_case.records;
  const auto is_rejected = [](const fixtures::CaseRecord& record) { return record.rejected; };
  const auto is_reported = [&](const fixtures::CaseRecord& record) {
    return evidence.view().reports(record.item_identifier);
  };
  if (evidence.view().complete_failure || !std::all_of(records.begin(), records.end(), is_reported))
    return "";
  const auto first = std::find_if(records.begin(), records.end(), is_rejected);
  if (first == records.end()) return "";
  if (first != records.begin()) {
    return "this is the answer of a function that undoes a batch in which a record failed, and reports all "
           "of it; if that is meant, `batchproof simulate --all-or-nothing` judges it";
  }
  return "this is the answer of a function that leaves a batch after some failures, and reports the rest; if "
         "that is meant, `batchproof simulate --stops-early` judges it";
}

/// Whether at most one record comes before the first that succeeds: then the answer of a function that stops
/// at its first failure is told from that of one which stops later.
bool shows_where_it_stops(const BatchCase& batch_case) {
  const auto& records = batch_case.records;
  const auto accepted = std::find_if(records.begin(), records.end(),
                                     [](const fixtures::CaseRecord& record) { return !record.rejected; });
  return accepted - records.begin() <= 1;
}

}  // namespace

void call_as_expected(RecordProbe& probe, const BatchCase& batch_case, const ProcessorClaims& claims) {
  const auto outcomes = properties::expected_outcomes(batch_case, claims);
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    if (outcomes[index] != ExpectedOutcome::stopped) probe.attempt(batch_case.records[index].item_identifier);
  }
}

std::string expected_answer(const BatchCase& batch_case, const ProcessorClaims& claims) {
  const auto outcomes = properties::expected_outcomes(batch_case, claims);
  std::vector<std::string> failures;
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    if (outcomes[index] != ExpectedOutcome::succeeds)
      failures.push_back(batch_case.records[index].item_identifier);
  }
  return fixtures::response_that_reports(failures, batch_case.source);
}

bool is_as_expected(std::span<const properties::Law> laws, const BatchCase& batch_case,
                    const Observation& run, const ProcessorClaims& claims) {
  if (batch_case.records.size() == 1 && batch_case.has_unknown_verdicts()) return true;
  const properties::Evidence evidence(batch_case, claims, run);
  return std::none_of(laws.begin(), laws.end(), [&](const properties::Law& law) {
    return law.applies(batch_case.source, claims) && !violations_of(law, evidence).empty();
  });
}

std::string claim_that_fits(std::span<const properties::Law> laws, const BatchCase& batch_case,
                            const Observation& run, const ProcessorClaims& claims) {
  if (!run.response) return "";
  for (const OtherClaim& other : other_claims) {
    ProcessorClaims changed = claims;
    if (std::exchange(changed.*other.member, true)) continue;
    Observation as_claimed = run;
    if (run.calls_are_assumed) {
      RecordProbe probe(batch_case);
      call_as_expected(probe, batch_case, changed);
      as_claimed.calls = std::move(probe).calls();
    }
    if (!is_as_expected(laws, batch_case, as_claimed, changed)) continue;
    if (other.member == &ProcessorClaims::stop_on_first_failure && !shows_where_it_stops(batch_case))
      continue;
    return std::string("this is the answer of a function that ").append(other.what_it_does) +
           "; if that is meant, claim it (" + std::string(other.names) + ')';
  }
  return design_that_fits(batch_case, run, claims);
}

}  // namespace batchproof::blackbox
