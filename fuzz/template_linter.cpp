// Any bytes are a template, or a TemplateError; the findings are sorted and have texts. A second template is
// made of a part of the first, so that each may import the other's exports, or nest it.

#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <string>

#include "support/check.hpp"
#include "support/decode_target.hpp"

using namespace batchproof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string text(fuzz::text_of(data, size));
    lint::lint({{"a.yaml", text}, {"b.yaml", text.substr(size / 2)}});
    const lint::Linted linted = lint::lint(text);
    for (const lint::Finding& finding : linted.findings) {
      fuzz::require(finding.rule != nullptr, "a finding has a rule");
      fuzz::require(finding.violation.place.line > 0, "a finding has a place", finding.rule->id);
      fuzz::require(!finding.violation.what.empty() && !finding.violation.instead.empty(),
                    "a finding says what to do", finding.rule->id);
    }
  } catch (const lint::TemplateError& error) {
    const std::string_view what = error.what();
    fuzz::require(!what.empty() && what.find('\n') == std::string_view::npos, "a TemplateError is one line",
                  what);
  }
  return 0;
}
