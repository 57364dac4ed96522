#include <algorithm>
#include <batchproof/properties/laws/canary.hpp>
#include <batchproof/properties/report.hpp>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

namespace batchproof::properties {
namespace {

bool alarms(const LawResult& law) {
  return law.state != LawState::held && law.state != LawState::not_applicable;
}

}  // namespace

std::string_view name(LawState state) noexcept {
  switch (state) {
    case LawState::held:
      return "held";
    case LawState::broken:
      return "broken";
    case LawState::not_applicable:
      return "not applicable";
    case LawState::no_cases:
      return "no cases";
    case LawState::gave_up:
      return "gave up";
    case LawState::flaky:
      return "flaky";
  }
  return "unknown";
}

Report::Report(Facts facts) noexcept : facts_(std::move(facts)) {}

bool Report::passed() const noexcept {
  const auto& laws = facts_.laws;
  return std::none_of(laws.begin(), laws.end(), alarms) &&
         std::any_of(laws.begin(), laws.end(),
                     [](const LawResult& law) { return law.state == LawState::held && law.id != canary.id; });
}

const LawResult* Report::breach() const noexcept {
  const auto found = std::find_if(facts_.laws.begin(), facts_.laws.end(), [](const LawResult& law) {
    return law.state == LawState::broken || law.state == LawState::flaky;
  });
  return found == facts_.laws.end() ? nullptr : &*found;
}

std::string_view Report::broken_law() const noexcept {
  const LawResult* const law = breach();
  return law == nullptr ? std::string_view() : std::string_view(law->id);
}

std::string to_json(const Report& report) {
  using nlohmann::ordered_json;
  auto laws = ordered_json::array();
  for (const LawResult& law : report.laws()) {
    laws.push_back({{"id", law.id}, {"state", name(law.state)}, {"cases", law.cases}});
  }
  ordered_json json{{"passed", report.passed()},
                    {"seed", report.seed()},
                    {"cases", report.cases()},
                    {"smallCases", report.small_cases()},
                    {"smallCasesInAll", report.small_cases_in_all()},
                    {"savedCases", report.saved_cases()},
                    {"laws", std::move(laws)},
                    {"brokenLaw", nullptr},
                    {"counterexample", nullptr}};
  if (const LawResult* const law = report.breach()) {
    const Counterexample& found = report.counterexample();
    json["brokenLaw"] = law->id;
    json["counterexample"] = {{"source", name(found.batch_case.source)},
                              {"mode", found.mode},
                              {"pattern", found.batch_case.pattern()},
                              {"payload", found.observation.payload},
                              {"expected", found.expected},
                              {"actual", found.actual},
                              {"violations", found.violations}};
    json["foundIn"] = report.facts_.found_in;
    json["savedAs"] = report.facts_.saved_as;
    json["replay"] = report.facts_.replay_command;
  }
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::ostream& operator<<(std::ostream& stream, const Report& report) { return stream << report.text(); }

}  // namespace batchproof::properties
