#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/report.hpp>
#include <ostream>
#include <utility>

namespace batchproof::properties {
namespace {

bool alarms(const LawResult& law) {
  return law.state != LawState::held && law.state != LawState::not_applicable &&
         law.state != LawState::not_judged;
}

}  // namespace

std::string_view name(LawState state) noexcept {
  switch (state) {
    case LawState::held:
      return "held";
    case LawState::violated:
      return "violated";
    case LawState::not_applicable:
      return "not applicable";
    case LawState::no_cases:
      return "no cases";
    case LawState::skipped:
      return "skipped";
    case LawState::gave_up:
      return "gave up";
    case LawState::flaky:
      return "flaky";
    case LawState::not_judged:
      return "not judged";
  }
  return "unknown";
}

std::string_view in_words(Confirmation confirmation) noexcept {
  switch (confirmation) {
    case Confirmation::executed_again:
      return "this program, executed again";
    case Confirmation::forked:
      return "a copy of this process, made before the first case";
    case Confirmation::none:
      break;
  }
  return "";
}

Report::Report(Facts facts) noexcept : facts_(std::move(facts)) {}

bool Report::passed() const noexcept {
  const auto& laws = facts_.laws;
  return std::none_of(laws.begin(), laws.end(), alarms) &&
         std::any_of(laws.begin(), laws.end(),
                     [](const LawResult& law) { return law.state == LawState::held && law.id != canary.id; });
}

bool Report::judged_nothing() const noexcept {
  return std::all_of(facts_.laws.begin(), facts_.laws.end(), [](const LawResult& law) {
    return law.state == LawState::not_applicable || law.state == LawState::not_judged || law.id == canary.id;
  });
}

const LawResult* Report::violated_law() const noexcept {
  const auto found = std::find_if(facts_.laws.begin(), facts_.laws.end(), [](const LawResult& law) {
    return law.state == LawState::violated || law.state == LawState::flaky;
  });
  return found == facts_.laws.end() ? nullptr : &*found;
}

std::string_view Report::broken_law() const noexcept {
  const LawResult* const law = violated_law();
  return law == nullptr ? std::string_view() : std::string_view(law->id);
}

std::ostream& operator<<(std::ostream& stream, const Report& report) { return stream << report.text(); }

}  // namespace batchproof::properties
