#include "occurrences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace batchproof::lint {
namespace {

void add(std::vector<Occurrence>& occurrences, Finding finding, bool is_disabled, std::size_t deployment,
         std::size_t deployments) {
  auto found = std::find_if(occurrences.begin(), occurrences.end(), [&](const Occurrence& one) {
    return one.finding.rule == finding.rule && one.finding.violation.place == finding.violation.place &&
           (one.finding.violation.what == finding.violation.what || !one.deployments[deployment]);
  });
  if (found == occurrences.end()) {
    occurrences.push_back({.finding = std::move(finding),
                           .is_disabled = is_disabled,
                           .deployments = std::vector<bool>(deployments)});
    found = std::prev(occurrences.end());
  } else {
    found->differs = found->differs || found->finding.violation.what != finding.violation.what;
    found->is_disabled = found->is_disabled && is_disabled;
  }
  found->deployments[deployment] = true;
}

}  // namespace

std::vector<Occurrence> occurrences_in(const std::vector<Deployment>& all) {
  std::vector<Occurrence> occurrences;
  for (std::size_t index = 0; index < all.size(); ++index) {
    for (const EventSource& source : all[index].sources) {
      for (const Rule* const rule : rules()) {
        if (rule->violations_of_source == nullptr) continue;
        for (Violation& violation : rule->violations_of_source(source))
          add(occurrences, {.rule = rule, .severity = rule->severity, .violation = std::move(violation)},
              source.enabled.is(false), index, all.size());
      }
    }
  }
  return occurrences;
}

bool is_gone(const Occurrence& occurrence, const std::vector<Deployment>& all,
             const std::vector<Occurrence>& left, const std::vector<Deployment>& others) {
  for (std::size_t other = 0; other < others.size(); ++other) {
    const bool is_there = std::any_of(left.begin(), left.end(), [&](const Occurrence& one) {
      return one.finding.rule == occurrence.finding.rule && one.deployments[other] &&
             one.finding.violation.place == occurrence.finding.violation.place;
    });
    if (is_there) continue;
    for (std::size_t index = 0; index < all.size(); ++index)
      if (occurrence.deployments[index] && agree(all[index], others[other])) return true;
  }
  return false;
}

Finding finding_of(const std::vector<Deployment>& all, Occurrence&& occurrence) {
  Finding finding = std::move(occurrence.finding);
  std::string when = difference(all, occurrence.deployments);
  if (when.empty() && occurrence.differs) {
    std::vector<bool> first(all.size());
    const auto at = std::find(occurrence.deployments.begin(), occurrence.deployments.end(), true);
    first[static_cast<std::size_t>(at - occurrence.deployments.begin())] = true;
    when = "for instance when " + difference(all, first);
  } else if (!when.empty()) {
    when = "when " + when;
  }
  if (!occurrence.defaults.empty())
    finding.violation.what +=
        fmt::format(", with the default{0} of parameter{0} {1}", occurrence.defaults.size() > 1 ? "s" : "",
                    fmt::join(occurrence.defaults, " and "));
  if (!when.empty()) finding.violation.what += fmt::format(", {}", when);
  if (occurrence.is_disabled) finding.severity = Severity::warning;
  finding.is_of_disabled_source = occurrence.is_disabled;
  return finding;
}

}  // namespace batchproof::lint
