#include "expected_run.hpp"

#include <algorithm>
#include <array>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <cstddef>
#include <optional>
#include <set>
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
               "stop_on_first_failure, --stop-on-first-failure"},
    OtherClaim{&ProcessorClaims::order_by_key, "leaves the later records of a key whose record failed",
               "order_by_key, --order-by-key"}};

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

/// How often each record was handled, as far as the answer tells. A record that is reported behind a failure
/// of its key was left, or failed itself: the next one of the key that must succeed tells. Where none must,
/// one that is not reported shows that the function went on with the key.
std::vector<std::size_t> calls_by_key(const BatchCase& batch_case, const ProcessorClaims& claims,
                                      const std::string& answer) {
  const Observation run{.calls = {}, .response = answer};
  const properties::Evidence evidence(batch_case, claims, run);
  const std::vector<std::size_t> orders = properties::handling_orders(batch_case, claims);
  const auto& records = batch_case.records;
  const auto is_reported = [&](std::size_t index) {
    return evidence.view().reports(records[index].item_identifier);
  };
  const auto stops_at = [&](std::size_t index) {
    bool went_on = false;
    for (std::size_t next = index; next < orders.size(); ++next) {
      if (orders[next] != orders[index]) continue;
      if (!records[next].rejected && !records[next].verdict_unknown) return is_reported(next);
      went_on = went_on || !is_reported(next);
    }
    return !went_on;
  };
  std::set<std::size_t> failed;
  std::set<std::size_t> left;
  std::vector<std::size_t> calls;
  for (std::size_t index = 0; index < orders.size(); ++index) {
    const std::size_t key = orders[index];
    const bool may_be_left = left.contains(key) || (failed.contains(key) && stops_at(index));
    const bool is_left = may_be_left && is_reported(index);
    calls.push_back(is_left ? 0 : 1);
    if (is_left) left.insert(key);
    if (is_reported(index)) failed.insert(key);
  }
  return calls;
}

}  // namespace

void call_as_expected(RecordProbe& probe, const BatchCase& batch_case, const ProcessorClaims& claims,
                      const std::string& answer) {
  std::optional<std::vector<std::size_t>> calls;
  if (!answer.empty() && properties::keeps_order_by_key(batch_case.source, claims))
    calls = calls_by_key(batch_case, claims, answer);
  const auto outcomes = properties::expected_outcomes(batch_case, claims, {}, calls ? &*calls : nullptr);
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
  std::string what;
  std::string names;
  for (const OtherClaim& other : other_claims) {
    ProcessorClaims changed = claims;
    if (std::exchange(changed.*other.member, true)) continue;
    Observation as_claimed = run;
    if (run.calls_are_assumed) {
      RecordProbe probe(batch_case);
      call_as_expected(probe, batch_case, changed, *run.response);
      as_claimed.calls = std::move(probe).calls();
    }
    if (!is_as_expected(laws, batch_case, as_claimed, changed)) continue;
    if (other.member == &ProcessorClaims::stop_on_first_failure && !shows_where_it_stops(batch_case))
      continue;
    what.append(what.empty() ? "" : ", or that ").append(other.what_it_does);
    names.append(names.empty() ? "" : "; ").append(other.names);
  }
  if (!what.empty()) {
    return "this is the answer of a function that " + what + "; if that is meant, claim it (" + names + ')';
  }
  return design_that_fits(batch_case, run, claims);
}

}  // namespace batchproof::blackbox
