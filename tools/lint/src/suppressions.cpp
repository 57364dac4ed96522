#include "suppressions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "split.hpp"

namespace batchproof::lint {
namespace {

constexpr std::string_view mark = "# batchproof: ignore";
constexpr std::string_view because = " because ";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// The line that a comment applies to: its own, or the next one that is not a comment.
int target_of(const std::vector<std::string_view>& lines, std::size_t index) {
  while (index < lines.size() && (trimmed(lines[index]).empty() || trimmed(lines[index]).starts_with('#')))
    ++index;
  return static_cast<int>(index) + 1;
}

/// The last line of the value whose key is in this line.
int end_of(const Node& node, int line) {
  for (const Node& item : node.items) {
    if (const int end = end_of(item, line); end > 0) return end;
  }
  for (const Node::Entry& entry : node.entries) {
    if (entry.place.line == line) return std::max(line, last_line(entry.value));
    if (const int end = end_of(entry.value, line); end > 0) return end;
  }
  return 0;
}

}  // namespace

Suppressions::Suppressions(std::string_view text, const Node& root, std::vector<Note>& notes) {
  read_metadata(root, 0, std::numeric_limits<int>::max(), notes);
  if (const Node* const resources = root.find("Resources")) {
    for (const Node::Entry& entry : resources->entries)
      read_metadata(entry.value, entry.place.line, last_line(entry.value), notes);
  }
  if (text.find(mark) == std::string_view::npos) return;
  const std::vector<std::string_view> lines = split_after_each(text, "\n");
  for (std::size_t index = 0; index < lines.size(); ++index) {
    const std::size_t at = lines[index].find(mark);
    if (at == std::string_view::npos) continue;
    const Place place{
        .line = static_cast<int>(index) + 1, .column = static_cast<int>(at) + 1, .file = root.place.file};
    read_comment(lines[index].substr(at + mark.size()), place, target_of(lines, index), root, notes);
  }
}

void Suppressions::read_comment(std::string_view comment, Place place, int target, const Node& root,
                                std::vector<Note>& notes) {
  const std::size_t at = comment.find(because);
  const std::string_view rules = trimmed(comment.substr(0, at));
  const std::string reason(at == std::string_view::npos ? "" : trimmed(comment.substr(at + because.size())));
  const int end = std::max(target, end_of(root, target));
  for (const std::string_view rule : split_after_each(rules, ","))
    add({std::string(trimmed(rule)), reason, target, end}, place, notes);
}

/// Reads a rule, a list of rules, or a map of rules and reasons.
void Suppressions::read_metadata(const Node& owner, int first_line, int last_line, std::vector<Note>& notes) {
  const Node* const ignored = owner.find({"Metadata", "batchproof", "ignore"});
  if (ignored == nullptr) return;
  const std::string no_reason = "Metadata says so, without a reason";
  if (ignored->kind == Node::Kind::scalar)
    add({ignored->text, no_reason, first_line, last_line}, ignored->place, notes);
  for (const Node& item : ignored->items)
    add({item.text, no_reason, first_line, last_line}, item.place, notes);
  for (const Node::Entry& entry : ignored->entries)
    add({entry.key, entry.value.text, first_line, last_line}, entry.place, notes);
}

void Suppressions::add(Suppression one, Place place, std::vector<Note>& notes) {
  if (find_rule(one.rule) == nullptr) {
    notes.push_back({place, fmt::format("\"{}\" is not a rule, so nothing is ignored; batchproof lint "
                                        "--list-rules names all",
                                        one.rule)});
  } else if (one.reason.empty()) {
    notes.push_back({place, fmt::format("{} is not ignored: the reason is missing. Write: ignore {} because "
                                        "REASON",
                                        one.rule, one.rule)});
  } else {
    suppressions_.push_back(std::move(one));
  }
}

const std::string* Suppressions::find(const Finding& finding) const {
  const int line = finding.violation.place.line;
  const auto found = std::find_if(suppressions_.begin(), suppressions_.end(), [&](const Suppression& one) {
    return one.rule == finding.rule->id && line >= one.first_line && line <= one.last_line;
  });
  return found == suppressions_.end() ? nullptr : &found->reason;
}

}  // namespace batchproof::lint
