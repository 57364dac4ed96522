#include <algorithm>
#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <utility>

namespace batchproof::lint {
namespace {

/// Two event sources may read one queue, whose flaw is one.
bool is_there(const std::vector<Finding>& findings, const Rule* rule, const Flaw& flaw) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.rule == rule && finding.flaw.place == flaw.place && finding.flaw.what == flaw.what;
  });
}

bool comes_before(Place left, Place right) {
  return left.line != right.line ? left.line < right.line : left.column < right.column;
}

}  // namespace

Linted lint(std::string_view text) {
  const Node root = read_template(text);
  EventSources read = read_event_sources(root);
  Linted linted{.sources = std::move(read.sources), .findings = {}, .notes = std::move(read.notes)};
  for (const EventSource& source : linted.sources) {
    for (const Rule* const rule : rules()) {
      auto flaw = rule->flaw(source);
      if (flaw && !is_there(linted.findings, rule, *flaw))
        linted.findings.push_back({rule, *std::move(flaw)});
    }
  }
  std::stable_sort(linted.findings.begin(), linted.findings.end(), [](const auto& left, const auto& right) {
    return comes_before(left.flaw.place, right.flaw.place);
  });
  std::stable_sort(linted.notes.begin(), linted.notes.end(),
                   [](const Note& left, const Note& right) { return comes_before(left.place, right.place); });
  return linted;
}

}  // namespace batchproof::lint
