#include <algorithm>
#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace batchproof::lint {
namespace {

using Order = std::tuple<int, int, std::string_view, std::string_view>;

Order order_of(const Note& note) { return {note.place.line, note.place.column, note.text, ""}; }

Order order_of(const Finding& finding) {
  return {finding.flaw.place.line, finding.flaw.place.column, finding.rule->id, finding.flaw.what};
}

/// By their places, each once: two event sources may read one queue, whose flaw is one.
template <class Told>
void put_in_order(std::vector<Told>& all) {
  std::stable_sort(all.begin(), all.end(),
                   [](const Told& left, const Told& right) { return order_of(left) < order_of(right); });
  const auto twice = std::unique(all.begin(), all.end(), [](const Told& left, const Told& right) {
    return order_of(left) == order_of(right);
  });
  all.erase(twice, all.end());
}

}  // namespace

Linted lint(std::string_view text) {
  const Node root = read_template(text);
  EventSources read = read_event_sources(root);
  Linted linted{.sources = std::move(read.sources), .findings = {}, .notes = std::move(read.notes)};
  for (const EventSource& source : linted.sources) {
    for (const Rule* const rule : rules()) {
      if (auto flaw = rule->flaw(source)) linted.findings.push_back({rule, *std::move(flaw)});
    }
  }
  put_in_order(linted.findings);
  put_in_order(linted.notes);
  return linted;
}

}  // namespace batchproof::lint
