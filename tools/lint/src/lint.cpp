// Judges each event source of the templates by each rule, in each possible deployment, and merges the
// findings of several deployments:
//
//     Linting linting(options);
//     linting.add({.path = "", .text = std::string(text)});
//     return std::move(linting.lint()[0]);

#include <algorithm>
#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <cstddef>
#include <functional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dialect.hpp"
#include "occurrences.hpp"
#include "sources/deployments.hpp"
#include "suppressions.hpp"

namespace batchproof::lint {
namespace {

using Order = std::tuple<Place, std::string_view, std::string_view>;

Order order_of(const Note& note) { return {note.place, note.text, ""}; }

/// Sorts a disabled event source after an enabled one that is otherwise equal, so that the duplicate is
/// dropped.
Order order_of(const Finding& finding) {
  return {finding.violation.place, finding.rule->id, finding.violation.what};
}

/// Sorts by place and drops duplicates: two event sources may read one queue, which has one violation.
template <class Reported>
void put_in_order(std::vector<Reported>& all) {
  std::stable_sort(all.begin(), all.end(), [](const Reported& left, const Reported& right) {
    return order_of(left) < order_of(right);
  });
  const auto repeated = std::unique(all.begin(), all.end(), [](const Reported& left, const Reported& right) {
    return order_of(left) == order_of(right);
  });
  all.erase(repeated, all.end());
}

class Linting {
 public:
  explicit Linting(const LintOptions& options) : judges_(options.judges), application_(options.parameters) {}

  /// Throws `TemplateError`.
  void add(const TemplateFile& file) {
    Template made = read_template(file.text);
    if (file.may_be_other_data && !has_typed_resources(made)) throw OtherDataError("no resource has a Type");
    const int index = application_.add(std::move(made), file.path);
    suppressions_.emplace_back(file.text, application_.root(index), notes_);
  }

  /// In the order in which the templates were added.
  std::vector<Linted> lint() {
    application_.link();
    const Declarations declarations(application_);
    for (int file = 0; file < application_.files(); ++file) {
      Choices choices;
      const Context context{
          .application = application_, .declarations = declarations, .choices = choices, .notes = notes_};
      for (const Candidate& candidate : candidates(context, file)) judge(declarations, candidate);
    }
    judge_all();
    return distributed();
  }

 private:
  void judge(const Declarations& declarations, const Candidate& candidate) {
    std::vector<Deployment> all = deployments(application_, declarations, candidate);
    if (leaves_nothing(all)) return;
    std::vector<Occurrence> occurrences = occurrences_in(all);
    if (!occurrences.empty()) find_defaults(declarations, candidate, all, occurrences);
    std::erase_if(occurrences, [](const Occurrence& one) {
      return one.finding.violation.may_be_placeholder && !one.defaults.empty();
    });
    for (const Deployment& deployment : all)
      notes_.insert(notes_.end(), deployment.notes.begin(), deployment.notes.end());
    for (Occurrence& occurrence : occurrences) {
      Finding finding = finding_of(all, std::move(occurrence));
      (finding.is_of_disabled_source ? disabled_ : findings_).push_back(std::move(finding));
    }
    add_sources(all);
  }

  /// Judges again without each default that was used: an occurrence rests on it if it is gone somewhere.
  void find_defaults(const Declarations& declarations, const Candidate& candidate,
                     const std::vector<Deployment>& all, std::vector<Occurrence>& occurrences) const {
    std::set<Choices::Name> used;
    for (const Deployment& deployment : all)
      used.insert(deployment.defaults.begin(), deployment.defaults.end());
    for (const Choices::Name& parameter : used) {
      std::vector<Deployment> others = deployments(application_, declarations, candidate, parameter);
      leaves_nothing(others);
      const std::vector<Occurrence> left = occurrences_in(others);
      for (Occurrence& occurrence : occurrences)
        if (is_gone(occurrence, all, left, others)) occurrence.defaults.insert(parameter.second);
    }
  }

  /// Leaves out the event sources that are not to be judged. True when there were some, and none is left.
  bool leaves_nothing(std::vector<Deployment>& all) const {
    if (!judges_) return false;
    std::size_t left_out = 0;
    std::size_t left = 0;
    for (Deployment& deployment : all) {
      left_out += std::erase_if(deployment.sources, [this](const EventSource& one) { return !judges_(one); });
      left += deployment.sources.size();
    }
    return left_out > 0 && left == 0;
  }

  /// Adds each event source once, as it is in the first deployment that has it. Filters that differ from
  /// those in another deployment are not known.
  void add_sources(std::vector<Deployment>& all) {
    const std::size_t before = sources_.size();
    for (Deployment& deployment : all) {
      for (EventSource& source : deployment.sources) {
        const auto known =
            std::find_if(sources_.begin() + static_cast<std::ptrdiff_t>(before), sources_.end(),
                         [&](const EventSource& other) { return other.name == source.name; });
        if (known == sources_.end()) {
          sources_.push_back(std::move(source));
        } else if (known->filters.text != source.filters.text || !source.filters.is_known) {
          known->filters.is_known = false;
        }
      }
    }
  }

  void judge_all() {
    std::vector<RepeatedKey> repeated;
    for (int file = 0; file < application_.files(); ++file) {
      const auto& keys = application_.file(file).repeated_keys;
      repeated.insert(repeated.end(), keys.begin(), keys.end());
    }
    const Everything everything{.sources = sources_,
                                .repeated_keys = repeated,
                                .exist_together = [this](const EventSource& one, const EventSource& other) {
                                  return exist_together(application_, one, other);
                                }};
    for (const Rule* const rule : rules()) {
      if (rule->violations_of_all == nullptr) continue;
      for (Violation& violation : rule->violations_of_all(everything))
        findings_.push_back({.rule = rule, .severity = rule->severity, .violation = std::move(violation)});
    }
    findings_.insert(findings_.end(), std::make_move_iterator(disabled_.begin()),
                     std::make_move_iterator(disabled_.end()));
  }

  std::vector<Linted> distributed() {
    put_in_order(findings_);
    put_in_order(notes_);
    std::vector<Linted> all(static_cast<std::size_t>(application_.files()));
    for (std::size_t file = 0; file < all.size(); ++file) {
      const Node* const parameters = application_.root(static_cast<int>(file)).find("Parameters");
      if (parameters == nullptr) continue;
      for (const Node::Entry& entry : parameters->entries) all[file].parameters.push_back(entry.key);
    }
    const auto of = [&](const Place& place) -> Linted& { return all[static_cast<std::size_t>(place.file)]; };
    for (EventSource& source : sources_) of(source.place).sources.push_back(std::move(source));
    for (Note& note : notes_) {
      note.text = in_words_of(application_.file(note.place.file).format_at(note.place), std::move(note.text));
      of(note.place).notes.push_back(std::move(note));
    }
    for (Finding& finding : findings_) {
      const Place place = finding.violation.place;
      std::string& what = finding.violation.what;
      std::string& instead = finding.violation.instead;
      Linted& linted = of(place);
      const Template& written = application_.file(place.file);
      for (std::string* const text : {&what, &instead})
        *text = in_words_of(written.format_at(place), std::move(*text));
      if (const std::string path = written.extension_at(place); !path.empty()) instead += ", in " + path;
      if (finding.is_of_disabled_source) what += "; the event source is disabled";
      const std::string* const reason = suppressions_[static_cast<std::size_t>(place.file)].find(finding);
      if (reason != nullptr) finding.ignored_because = *reason;
      (reason == nullptr ? linted.findings : linted.ignored).push_back(std::move(finding));
    }
    return all;
  }

  std::function<bool(const EventSource&)> judges_;
  Application application_;
  std::vector<Suppressions> suppressions_;
  std::vector<EventSource> sources_;
  std::vector<Finding> findings_;
  std::vector<Finding> disabled_;
  std::vector<Note> notes_;
};

}  // namespace

Linted lint(std::string_view text, const LintOptions& options) {
  Linting linting(options);
  linting.add({.path = "", .text = std::string(text)});
  return std::move(linting.lint()[0]);
}

std::vector<LintedFile> lint(std::vector<TemplateFile> files, const LintOptions& options) {
  Linting linting(options);
  std::vector<LintedFile> linted;
  for (TemplateFile& file : files) {
    LintedFile one{.path = file.path, .linted = {}, .refused = {}};
    bool is_left_out = false;
    try {
      linting.add(file);
    } catch (const OtherDataError& error) {
      is_left_out = file.may_be_other_data;
      one.refused = error.what();
    } catch (const TemplateError& error) {
      one.refused = error.what();
    }
    if (!is_left_out) linted.push_back(std::move(one));
    file.text = {};
  }
  std::vector<Linted> all = linting.lint();
  auto next = all.begin();
  for (LintedFile& one : linted)
    if (one.refused.empty()) one.linted = std::move(*next++);
  return linted;
}

}  // namespace batchproof::lint
