#include "timeline.hpp"

#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <string>
#include <vector>

#include "record_course.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;

/// One run, and whether it is compared with what should have been.
struct ShownRun {
  const BatchCase& batch_case;
  const Observation& observation;
  bool is_judged;

  std::size_t steps() const { return std::max<std::size_t>(observation.calls.size(), 1); }
};

/// A remark about what should have been otherwise.
void add_wrong(Html& page, std::string_view words) {
  page.markup("<span class=\"wrong\">✗ ").words(words).markup("</span>");
}

void add_call(Html& page, const ShownRun& course, std::size_t position) {
  const RecordProbe::Call& call = course.observation.calls[position];
  page.markup(call.threw ? "<span class=\"call threw\" style=\"grid-column:"
                         : "<span class=\"call\" style=\"grid-column:");
  page.number(position + 1).markup("\"><b>").number(position + 1).markup("</b> ");
  page.markup(call.threw ? "✗<span class=\"said\"> threw</span></span>"
                         : "✓<span class=\"said\"> returned</span></span>");
}

void add_lane(Html& page, const ShownRun& course, const std::vector<std::size_t>& calls) {
  page.markup("<div class=\"lane\" style=\"--steps:").number(course.steps()).markup("\">");
  for (const std::size_t call : calls) add_call(page, course, call);
  if (calls.empty()) page.markup("<span class=\"never\">not handled</span>");
  page.markup("</div>");
}

/// What is wrong with how the record was handled; empty when nothing is.
std::string flaw_in_handling(const ShownRun& course, const CaseRecord& record, const RecordCourse& what) {
  const bool must_be_handled = what.fate != ExpectedOutcome::stopped;
  if (must_be_handled && what.calls.empty()) return "should be handled";
  if (!must_be_handled && !what.calls.empty()) return "should not be handled";
  if (what.calls.size() > 1) return "should be handled once";
  if (what.calls.empty()) return "";
  const bool threw = course.observation.calls[what.calls.front()].threw;
  if (threw == record.rejected) return "";
  return record.rejected ? "should be rejected" : "should be accepted";
}

std::string_view word_for(Next next, fixtures::Source source) {
  if (next == Next::again) return "delivered again";
  return fixtures::is_stream(source) ? "done, before the checkpoint" : "deleted";
}

std::string_view word_for_report(const ShownRun& course, const RecordCourse& what) {
  if (!course.observation.response) return "no answer";
  return what.reported ? "reported" : "no";
}

void add_next(Html& page, const ShownRun& course, const RecordCourse& what) {
  const fixtures::Source source = course.batch_case.source;
  page.markup(what.next == Next::again ? "<td data-label=\"then\"><span class=\"next\">↻ "
                                       : "<td data-label=\"then\"><span class=\"next\">");
  page.words(word_for(what.next, source)).markup("</span>");
  if (course.is_judged && what.next != what.due_next) {
    add_wrong(page, what.due_next == Next::again ? "lost: should be delivered again"
                                                 : "should be done, not delivered again");
  }
  page.markup("</td>");
}

void add_verdict(Html& page, bool rejected) {
  page.markup("<td data-label=\"verdict\">")
      .markup(rejected ? "<span class=\"letter x\">x</span> rejected"
                       : "<span class=\"letter o\">o</span> accepted")
      .markup("</td>");
}

void add_record(Html& page, const ShownRun& course, std::size_t index, const RecordCourse& what,
                bool groups) {
  const CaseRecord& record = course.batch_case.records[index];
  page.markup("<tr><th scope=\"row\"><span class=\"index\">").number(index).markup("</span> ");
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
  add_verdict(page, record.rejected);
  page.markup("<td data-label=\"handled\">");
  if (course.observation.process_end) {
    page.markup(
        "unknown: the process ended</td><td data-label=\"reported\">unknown</td>"
        "<td data-label=\"then\"><span class=\"next\">↻ delivered again</span></td></tr>\n");
    return;
  }
  add_lane(page, course, what.calls);
  const std::string flaw = course.is_judged ? flaw_in_handling(course, record, what) : "";
  if (!flaw.empty()) add_wrong(page, flaw);
  page.markup("</td>").element("td data-label=\"reported\"", word_for_report(course, what));
  add_next(page, course, what);
  page.markup("</tr>\n");
}

void add_stray_calls(Html& page, const ShownRun& course, bool groups) {
  for (const std::size_t call : stray_calls(course.batch_case, course.observation)) {
    const std::string& identifier = course.observation.calls[call].item_identifier;
    page.markup("<tr><th scope=\"row\">").element("code", identifier.empty() ? "\"\"" : identifier);
    page.markup("</th>").markup(groups ? "<td></td>" : "");
    page.markup("<td>not in the batch</td><td data-label=\"handled\">");
    add_lane(page, course, {call});
    page.markup("</td><td></td><td></td></tr>\n");
  }
}

}  // namespace

void add_timeline(Html& page, const BatchCase& batch_case, const Observation& observation,
                  const fixtures::ProcessorClaims* claims) {
  const ShownRun course{batch_case, observation, claims != nullptr};
  const auto& records = batch_case.records;
  if (records.empty() && observation.calls.empty()) {
    page.markup("<p>No record of the batch can be told, and no handler ran.</p>\n");
    return;
  }
  const bool groups =
      std::any_of(records.begin(), records.end(), [](const auto& record) { return record.message_group_id; });
  page.markup("<table class=\"timeline cards\"><thead><tr><th scope=\"col\">record</th>");
  if (groups) page.markup("<th scope=\"col\">group</th>");
  page.markup(
      "<th scope=\"col\">verdict</th><th scope=\"col\">handled, in the order of the calls</th>"
      "<th scope=\"col\">reported</th><th scope=\"col\">then</th></tr></thead><tbody>\n");
  const auto courses =
      record_courses(batch_case, observation, claims != nullptr ? *claims : fixtures::ProcessorClaims{});
  for (std::size_t index = 0; index < records.size(); ++index) {
    add_record(page, course, index, courses[index], groups);
  }
  add_stray_calls(page, course, groups);
  page.markup("</tbody></table>\n");
  const ServiceView view = read_as_service(observation, batch_case);
  if (!view.whole_batch || observation.process_end) return;
  page.markup("<p class=\"note\">The service delivers the whole batch again: ");
  page.words(*view.whole_batch).markup("</p>\n");
}

}  // namespace batchproof::properties
