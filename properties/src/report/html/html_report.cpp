#include <algorithm>
#include <batchproof/fixtures/wording.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/html_report.hpp>
#include <numeric>
#include <set>

#include "../build_info.hpp"
#include "sections.hpp"
#include "style.hpp"

namespace batchproof::properties {
namespace {

using fixtures::counted;
using Reports = std::span<const NamedReport>;

std::size_t count_violations(Reports reports) {
  return static_cast<std::size_t>(std::count_if(reports.begin(), reports.end(), [](const NamedReport& named) {
    return named.report.violated_law() != nullptr;
  }));
}

/// "Not passed: 1 of 17 verifications violated a law."
std::string summary_of(Reports reports) {
  if (reports.empty()) return "The run ended before a verification did; what it printed says why.";
  if (all_passed(reports)) {
    return "Passed: " + counted(reports.size(), "verification") + ", and none violated a law.";
  }
  std::string words = "Not passed: ";
  words += std::to_string(count_violations(reports));
  words += " of ";
  words += counted(reports.size(), "verification");
  return words + " violated a law.";
}

/// The overall result in a few words.
std::string headline_of(Reports reports) {
  if (all_passed(reports)) return "Every law held";
  const std::size_t violations = count_violations(reports);
  if (violations == 0) return "Nothing is proved";
  return violations == 1 ? "A law is violated" : "Laws are violated";
}

/// The seeds, each once: each test may have drawn its own.
std::string seeds_of(Reports reports) {
  std::set<std::uint64_t> seeds;
  for (const NamedReport& named : reports) seeds.insert(named.report.seed());
  std::string text;
  for (const std::uint64_t seed : seeds) {
    if (!text.empty()) text += ", ";
    text += std::to_string(seed);
  }
  return text;
}

Distribution sum_of_distributions(Reports reports) {
  Distribution sum;
  for (const NamedReport& named : reports) sum += named.report.distribution();
  return sum;
}

std::size_t judged_batches(const Distribution& distribution) {
  return std::accumulate(distribution.kinds.begin(), distribution.kinds.end(), std::size_t{0});
}

void add_head(Html& page, const std::string& headline) {
  page.markup(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>batchproof: ");
  page.words(headline)
      .markup("</title>\n<style>")
      .markup(style_sheet())
      .markup("</style>\n</head>\n<body>\n");
}

void add_header(Html& page, const std::string& headline, Reports reports) {
  const bool passed = all_passed(reports);
  page.markup("<header>\n<div class=\"verdict\">");
  page.markup(passed ? "<span class=\"sign good\" aria-hidden=\"true\">✓</span>"
                     : "<span class=\"sign bad\" aria-hidden=\"true\">✗</span>");
  page.markup("<div>").element("h1", headline);
  page.element("p class=\"sub\"", summary_of(reports));
  page.markup("</div></div>\n<dl class=\"facts\"><div><dt>seed</dt><dd class=\"n\">");
  page.words(seeds_of(reports)).markup("</dd></div><div><dt>batches</dt><dd class=\"n\">");
  page.number(judged_batches(sum_of_distributions(reports)))
      .markup("</dd></div><div><dt>batchproof</dt><dd>");
  page.words(version).markup("</dd></div><div><dt>built by</dt><dd>").words(compiler);
  page.markup("</dd></div></dl>\n</header>\n");
}

void add_result(Html& page, const Report& report) {
  if (report.passed()) {
    page.markup("<span class=\"state good\">✓ every law held</span>");
  } else if (report.violated_law() == nullptr) {
    page.markup("<span class=\"state bad\">✗ not proved</span>");
  } else {
    page.markup("<span class=\"bad\">✗ ").element("code", report.broken_law()).markup(" violated</span>");
  }
}

void add_verified(Html& page, Reports reports) {
  page.markup(
      "<section>\n<h2>What was verified</h2>\n<table class=\"cards\"><thead><tr>"
      "<th scope=\"col\">verified</th><th scope=\"col\">source</th><th scope=\"col\">batches</th>"
      "<th scope=\"col\">result</th></tr></thead><tbody>\n");
  for (const NamedReport& named : reports) {
    page.markup("<tr>").element("th scope=\"row\"", name_of(named));
    page.element("td data-label=\"source\"", joined_names(named.sources))
        .markup("<td class=\"n\" data-label=\"batches\">");
    page.number(judged_batches(named.report.distribution())).markup("</td><td data-label=\"result\">");
    add_result(page, named.report);
    page.markup("</td></tr>\n");
  }
  page.markup("</tbody></table>\n</section>\n");
}

}  // namespace

std::string html_report(Reports reports) {
  Html page;
  const std::string headline = headline_of(reports);
  add_head(page, headline);
  add_header(page, headline, reports);
  page.markup("<main>\n");
  for (const NamedReport& named : reports) {
    if (named.report.violated_law() != nullptr) add_violation_section(page, named);
  }
  page.markup("<section>\n<h2>Laws</h2>\n");
  if (count_violations(reports) > 0) {
    page.markup(
        "<p class=\"sentence\">A verification stops at the first violation: the laws after it were judged on "
        "fewer batches, or on none.</p>\n");
  }
  add_law_table(page, reports);
  page.markup("</section>\n");
  add_verified(page, reports);
  page.markup(
      "<section>\n<h2>Distribution of the batches</h2>\n"
      "<p class=\"sentence\">A batch counts once for each mode that it ran through. Damaged batches, and "
      "those of child processes, are not among the sizes.</p>\n");
  add_histograms(page, sum_of_distributions(reports));
  page.markup("</section>\n</main>\n</body>\n</html>\n");
  return page.text();
}

}  // namespace batchproof::properties
