#pragma once

// What a template was found to have, as words, for tests of its formats.

#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <cstddef>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace batchproof::lint {

/// The ids, in the order of the findings.
inline std::vector<std::string> rules_of(const Linted& linted) {
  std::vector<std::string> ids;
  for (const Finding& finding : linted.findings) ids.emplace_back(finding.rule->id);
  return ids;
}

/// The texts of all findings and notes, one a line.
inline std::string texts_of(const Linted& linted) {
  std::string texts;
  for (const Finding& finding : linted.findings)
    texts += finding.violation.what + "\n" + finding.violation.instead + "\n";
  for (const Note& note : linted.notes) texts += note.text + "\n";
  return texts;
}

/// The words of a text that are written like properties of CloudFormation.
inline std::set<std::string> properties_in(const std::string& texts) {
  const std::regex property("\\b[A-Z][a-z]+([A-Z][A-Za-z]*)?\\b");
  std::set<std::string> found;
  for (std::sregex_iterator word(texts.begin(), texts.end(), property), end; word != end; ++word)
    found.insert(word->str());
  return found;
}

/// With any part taken out, the rest is read or refused; nothing else is thrown.
inline void expect_to_be_read_or_refused(const std::string& whole) {
  for (std::size_t begin = 0; begin < whole.size(); begin += 17) {
    for (const std::size_t length : {1U, 9U, 40U}) {
      std::string text = whole;
      text.erase(begin, length);
      try {
        lint(text);
      } catch (const TemplateError&) {
        continue;
      }
    }
  }
}

}  // namespace batchproof::lint
