#include <batchproof/fixtures/wording.hpp>

#include "../../evidence/text.hpp"
#include "../counterexample_words.hpp"
#include "sections.hpp"

namespace batchproof::properties {
namespace {

using fixtures::counted;

void add_pattern(Html& page, const std::string& pattern) {
  if (pattern.empty()) page.markup("no records");
  for (const char verdict : pattern) {
    page.element(verdict == 'x'   ? "span class=\"letter x\""
                 : verdict == '?' ? "span class=\"letter\""
                                  : "span class=\"letter o\"",
                 {&verdict, 1});
  }
}

void add_fact(Html& page, std::string_view term, std::string_view words) {
  if (words.empty()) return;
  page.markup("<div>").element("dt", term).element("dd", words).markup("</div>\n");
}

void add_facts(Html& page, const NamedReport& named) {
  const Counterexample& found = named.report.counterexample();
  page.markup("<dl class=\"facts\">\n");
  add_fact(page, "verified", name_of(named));
  add_fact(page, "source", name(found.batch_case.source));
  if (found.mode != named.mode) add_fact(page, "mode", found.mode);
  page.markup("<div><dt>pattern</dt><dd>");
  add_pattern(page, found.batch_case.pattern());
  page.markup("</dd></div>\n");
  add_fact(page, "input", input_in_words(found, "; ", found.hostile_input.size()));
  add_fact(page, "note", found.observation.note);
  add_fact(page, "found in", named.report.found_in() + shrunk_in_words(found));
  add_fact(page, "confirmed by", in_words(found.confirmation));
  add_fact(page, "saved as", named.report.saved_as());
  add_fact(page, "AWS page", named.report.violated_law()->aws_page);
  page.markup("</dl>\n");
}

void add_violations(Html& page, const Counterexample& found) {
  page.markup("<ul class=\"violations\">\n");
  for (const std::string& violation : found.violations) page.element("li", violation).markup("\n");
  page.markup("</ul>\n");
}

void add_compared(Html& page, const Counterexample& found) {
  const ComparedRun& compared = *found.compared;
  page.markup("<h3>");
  if (compared.observation.alone) {
    page.markup("The other run: record ").number(*compared.observation.alone).markup(" alone");
  } else if (compared.observation.left_out) {
    page.markup("The other run: without record ").number(*compared.observation.left_out);
  } else {
    page.markup("The other run: ").words(compared.label == "again" ? "the same batch again" : compared.label);
  }
  page.markup("</h3>\n");
  add_timeline(page, Evidence(compared.batch_case, found.claims, compared.observation), true);
  add_answers(page, compared.batch_case.source, compared.expected, compared.actual);
}

void add_state_before(Html& page, const Counterexample& found) {
  if (found.needs_cold_start) page.element("p", words_on_cold_start).markup("\n");
  if (found.earlier.empty()) return;
  page.markup(
      "<h3>Earlier batches</h3>\n<p>One of these left a state behind: alone, the last batch violates "
      "nothing. ");
  page.words(words_on_kept_state(found)).markup("</p>\n");
  for (const EarlierBatch& earlier : found.earlier) {
    page.markup("<details><summary>");
    add_pattern(page, earlier.batch_case.pattern());
    page.words(" " + earlier.mode).markup("</summary>\n<pre tabindex=\"0\">");
    page.words(earlier.damaged ? quote_bytes(earlier.payload) : readable_json(earlier.payload));
    page.markup("</pre></details>\n");
  }
}

void add_event(Html& page, const Counterexample& found) {
  const std::string& payload = found.observation.payload;
  page.markup("<details><summary>");
  page.words(found.damaged ? "The damaged payload, " : "The event, ");
  page.words(counted(payload.size(), "byte")).markup("</summary>\n<pre tabindex=\"0\">");
  page.words(found.damaged ? quote_bytes(payload) : readable_json(payload)).markup("</pre></details>\n");
}

}  // namespace

void add_violation_section(Html& page, const NamedReport& named) {
  const LawResult& law = *named.report.violated_law();
  const Counterexample& found = named.report.counterexample();
  page.markup("<section class=\"violated\">\n<h2>The law ").element("code", law.id);
  page.markup(law.state == LawState::flaky ? " is flaky</h2>\n" : " is violated</h2>\n");
  page.element("p class=\"sentence\"", law.sentence).markup("\n");
  if (law.state == LawState::flaky) {
    page.markup(
        "<p>Violated once, not on every rerun of the same input: state that outlives a batch, or "
        "chance.</p>\n");
  }
  add_violations(page, found);
  add_facts(page, named);
  add_state_before(page, found);
  page.markup(found.compared ? "<h3>The first run</h3>\n" : "<h3>What happened</h3>\n");
  add_timeline(page, Evidence(found.batch_case, found.claims, found.observation), !found.damaged);
  add_answers(page, found.batch_case.source, found.expected, found.actual);
  if (found.compared) add_compared(page, found);
  add_event(page, found);
  page.markup("<h3>Replay</h3>\n")
      .element("pre class=\"command\" tabindex=\"0\"", named.report.replay_command());
  page.markup("\n</section>\n");
}

}  // namespace batchproof::properties
