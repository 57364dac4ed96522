// The table of a counterexample in the HTML report, with a row for each record: the letter of the pattern,
// the call of the handler, the report, and what the service does next.
//
//     const ShownRun run{evidence, is_judged};
//     for (const ShownRecord& shown : shown_records(evidence)) add_record(page, run, shown, groups);

#include "sections.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace batchproof::properties {
namespace {

using fixtures::CaseRecord;

/// One run, and whether it is compared with the expected outcomes.
struct ShownRun {
  const Evidence& evidence;
  bool is_judged;

  bool shows_calls() const { return !evidence.run.calls_are_assumed; }
};

/// One record of a run.
struct ShownRecord {
  const CaseRecord& record;
  std::size_t index;
  std::vector<std::size_t> calls{};  // positions in the calls of the run
  bool comes_again = false;          // the service delivers it again
  bool should_come_again = false;
};

std::vector<ShownRecord> shown_records(const Evidence& evidence) {
  const fixtures::BatchCase& batch = evidence.batch_case;
  const std::vector<bool> due = evidence.due_again();
  std::vector<ShownRecord> shown;
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    ShownRecord& record = shown.emplace_back(ShownRecord{batch.records[index], index});
    record.comes_again = evidence.comes_again(index);
    record.should_come_again = due[index];
  }
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    if (const auto record = evidence.handled().record_of_call[call]) shown[*record].calls.push_back(call);
  }
  return shown;
}

/// A remark about a difference from the expected outcome.
void add_wrong(Html& page, std::string_view words) {
  page.markup("<span class=\"wrong\">✗ ").words(words).markup("</span>");
}

void add_calls(Html& page, const ShownRun& run, const std::vector<std::size_t>& calls) {
  const std::size_t steps = std::max<std::size_t>(run.evidence.run.calls.size(), 1);
  page.markup("<div class=\"calls\" style=\"--steps:").markup(std::to_string(steps)).markup("\">");
  for (const std::size_t call : calls) {
    const bool threw = run.evidence.run.calls[call].threw;
    page.markup(threw ? "<span class=\"call threw\" style=\"grid-column:"
                      : "<span class=\"call\" style=\"grid-column:");
    page.markup(std::to_string(call + 1)).markup("\"><b>").number(call + 1).markup("</b> ");
    page.markup(threw ? "✗<span class=\"said\"> threw</span></span>"
                      : "✓<span class=\"said\"> returned</span></span>");
  }
  if (calls.empty()) page.markup("<span class=\"never\">not handled</span>");
  page.markup("</div>");
}

/// The violation in the handling of the record; empty when there is none.
std::string violation_in_handling(const ShownRun& run, const ShownRecord& shown) {
  const ExpectedOutcome expected = run.evidence.expected()[shown.index];
  const bool must_be_handled = expected == ExpectedOutcome::succeeds || expected == ExpectedOutcome::fails;
  if (must_be_handled && shown.calls.empty()) return "should be handled";
  if (!must_be_handled && !shown.calls.empty()) return "should not be handled";
  if (shown.calls.size() > 1) return "should be handled once";
  if (shown.calls.empty()) return "";
  if (run.evidence.run.calls[shown.calls.front()].threw == shown.record.rejected) return "";
  return shown.record.rejected ? "should be rejected" : "should be accepted";
}

std::string_view word_for_report(const ShownRun& run, const ShownRecord& shown) {
  if (!run.evidence.run.response) return "no answer";
  return run.evidence.view().reports(shown.record.item_identifier) ? "reported" : "no";
}

/// What becomes of the record. Nothing deletes one of a stream or a topic.
std::string_view word_for_next(const ShownRun& run, const ShownRecord& shown) {
  if (shown.comes_again) return "delivered again";
  const fixtures::Source source = run.evidence.batch_case.source;
  if (!fixtures::has_shards(source)) return "deleted";
  return fixtures::is_stream(source) && run.evidence.view().checkpoint() ? "done, before the checkpoint"
                                                                         : "done";
}

/// No page says which records of a partition come again beside those that are reported.
std::string_view word_for_wrong_next(const ShownRun& run, const ShownRecord& shown) {
  if (fixtures::has_partitions(run.evidence.batch_case.source))
    return shown.should_come_again ? "should be reported" : "should be done, not reported";
  return shown.should_come_again ? "lost: should be delivered again" : "should be done, not delivered again";
}

void add_next(Html& page, const ShownRun& run, const ShownRecord& shown) {
  page.markup("<td data-label=\"then\"><span class=\"next\">").markup(shown.comes_again ? "↻ " : "");
  page.words(word_for_next(run, shown)).markup("</span>");
  if (run.is_judged && shown.comes_again != shown.should_come_again)
    add_wrong(page, word_for_wrong_next(run, shown));
  page.markup("</td>");
}

void add_verdict(Html& page, const CaseRecord& record) {
  page.markup("<td data-label=\"verdict\">")
      .markup(record.verdict_unknown ? "<span class=\"letter\">?</span> "
              : record.rejected      ? "<span class=\"letter x\">x</span> "
                                     : "<span class=\"letter o\">o</span> ")
      .words(verdict_in_words(record))
      .markup("</td>");
}

void add_handled(Html& page, const ShownRun& run, const ShownRecord& shown) {
  page.markup("<td data-label=\"handled\">");
  if (run.evidence.run.process_end) {
    page.markup("unknown: the process ended</td>");
    return;
  }
  add_calls(page, run, shown.calls);
  const std::string violation = run.is_judged ? violation_in_handling(run, shown) : "";
  if (!violation.empty()) add_wrong(page, violation);
  page.markup("</td>");
}

void add_record(Html& page, const ShownRun& run, const ShownRecord& shown, bool groups) {
  const CaseRecord& record = shown.record;
  page.markup("<tr><th scope=\"row\"><span class=\"index\">").number(shown.index).markup("</span> ");
  page.element("code", record.item_identifier).markup("</th>");
  if (groups) {
    page.markup("<td data-label=\"group\">");
    if (record.message_group_id) {
      page.element("code class=\"group\"", *record.message_group_id);
    } else {
      page.markup("none");
    }
    page.markup("</td>");
  }
  add_verdict(page, record);
  if (run.shows_calls()) add_handled(page, run, shown);
  if (run.evidence.run.process_end) {
    page.markup(
        "<td data-label=\"reported\">unknown</td>"
        "<td data-label=\"then\"><span class=\"next\">↻ delivered again</span></td></tr>\n");
    return;
  }
  page.element("td data-label=\"reported\"", word_for_report(run, shown));
  add_next(page, run, shown);
  page.markup("</tr>\n");
}

/// A call with an identifier that is not in the batch.
void add_stray_call(Html& page, const ShownRun& run, std::size_t call, bool groups) {
  const std::string& identifier = run.evidence.run.calls[call].item_identifier;
  page.markup("<tr><th scope=\"row\">").element("code", identifier.empty() ? "\"\"" : identifier);
  page.markup("</th>").markup(groups ? "<td></td>" : "");
  page.markup("<td>not in the batch</td><td data-label=\"handled\">");
  add_calls(page, run, {call});
  page.markup("</td><td></td><td></td></tr>\n");
}

}  // namespace

void add_timeline(Html& page, const Evidence& evidence, bool is_judged) {
  const ShownRun run{evidence, is_judged};
  const auto& records = evidence.batch_case.records;
  if (records.empty() && evidence.run.calls.empty()) {
    page.markup("<p>No record of the batch can be recognised, and no handler ran.</p>\n");
    return;
  }
  const bool groups =
      std::any_of(records.begin(), records.end(), [](const auto& record) { return record.message_group_id; });
  page.markup("<table class=\"timeline cards\"><thead><tr><th scope=\"col\">record</th>");
  if (groups) page.markup("<th scope=\"col\">group</th>");
  page.markup("<th scope=\"col\">verdict</th>");
  if (run.shows_calls()) page.markup("<th scope=\"col\">handled, in the order of the calls</th>");
  page.markup("<th scope=\"col\">reported</th><th scope=\"col\">then</th></tr></thead><tbody>\n");
  for (const ShownRecord& shown : shown_records(evidence)) add_record(page, run, shown, groups);
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    if (!evidence.handled().record_of_call[call]) add_stray_call(page, run, call, groups);
  }
  page.markup("</tbody></table>\n");
  if (!evidence.view().complete_failure || evidence.run.process_end) return;
  page.markup("<p class=\"note\">The service delivers the whole batch again: ");
  page.words(*evidence.view().complete_failure).markup("</p>\n");
}

}  // namespace batchproof::properties
