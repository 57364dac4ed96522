#include "breach.hpp"

#include <batchproof/properties/laws.hpp>
#include <utility>

#include "answer_text.hpp"
#include "compared_run.hpp"
#include "deadline_course.hpp"
#include "expected_answer.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// What the law asks for, for people to read.
std::string expected_of(const Breach& breach) {
  if (breach.law->id == own_check.id) return "nothing for the check to find";
  if (breach.law->input == LawInput::process_of_its_own) return "a process that lives on";
  if (breach.law->id == total.id) return "a response that loses no record, or an error";
  if (breach.is_damaged) return std::string(breach.law->sentence);
  if (breach.law->input == LawInput::batch_before_deadline)
    return expected_before_deadline(breach.batch_case, breach.arrangement->claims);
  return expected_answer(breach.batch_case, breach.arrangement->claims);
}

std::string actual_of(const Breach& breach) {
  if (breach.law->id != own_check.id) return answer_text(breach.observation);
  std::string complaints;
  for (const Violation& complaint : breach.violations) {
    if (!complaints.empty()) complaints += "; ";
    complaints += complaint;
  }
  return complaints;
}

}  // namespace

bool breaks_on(Breach& breach, const BatchCase& batch_case, const std::string& payload) {
  const Law& law = *breach.law;
  Observation seen = observe_for(*breach.arrangement, law.input, batch_case, payload);
  if (!law.judges(batch_case, seen)) return false;
  auto found = law.violations(batch_case, breach.arrangement->claims, seen);
  if (found.empty()) return false;
  breach.observation = std::move(seen);
  breach.violations = std::move(found);
  return true;
}

void make_small(Breach& breach, Simplify simplify) {
  if (!breach.is_damaged) {
    breach.batch_case = shrink(
        breach.batch_case,
        [&](const BatchCase& smaller) { return breaks_on(breach, smaller, smaller.payload()); }, simplify);
    breach.payload = breach.batch_case.payload();
    return;
  }
  const bool is_slow = breach.law->input == LawInput::process_of_its_own;
  breach.payload = shrink_bytes(
      breach.payload,
      [&](const std::string& smaller) { return breaks_on(breach, breach.batch_case, smaller); },
      is_slow ? 500 : 5000);
  breach.batch_case = shrink(
      breach.batch_case, [&](const BatchCase& smaller) { return breaks_on(breach, smaller, breach.payload); },
      Simplify::records_only);
}

bool breaks_every_time(Breach& breach) {
  const BatchCase batch_case = breach.batch_case;
  bool every_time = true;
  for (int again = 0; again < 3; ++again) every_time &= breaks_on(breach, batch_case, breach.payload);
  return every_time;
}

Counterexample counterexample_of(Breach breach, std::size_t drawn_size) {
  Counterexample counterexample;
  counterexample.expected = expected_of(breach);
  counterexample.actual = actual_of(breach);
  counterexample.compared = compared_run(breach);
  counterexample.claims = breach.arrangement->claims;
  counterexample.violations = std::move(breach.violations);
  counterexample.observation = std::move(breach.observation);
  counterexample.batch_case = std::move(breach.batch_case);
  counterexample.mode = breach.arrangement->name;
  counterexample.damaged = breach.is_damaged;
  counterexample.drawn_size = drawn_size;
  return counterexample;
}

}  // namespace batchproof::properties
