#include "sections.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace batchproof::properties {
namespace {

/// An answer for people: the words before a response, and the elements of the response if it has some.
struct ShownAnswer {
  std::string words;
  std::optional<std::vector<std::string>> identifiers;

  bool differs(const ShownAnswer& other) const {
    return words != other.words || identifiers != other.identifiers;
  }
};

ShownAnswer shown(const std::string& answer) {
  const std::size_t begin = answer.find("{\"batchItemFailures\"");
  if (begin == std::string::npos) return {answer, std::nullopt};
  auto [reported, complete_failure] =
      fixtures::read_service_answer(answer.substr(begin), fixtures::Source::sqs);
  if (complete_failure) return {answer, std::nullopt};
  return {answer.substr(0, begin), std::move(reported)};
}

/// True for the elements that have no equal in the other list; each counts once.
std::vector<bool> unmatched(const std::vector<std::string>& list, const std::vector<std::string>& other) {
  std::unordered_map<std::string_view, std::size_t> left;
  for (const std::string& element : other) ++left[element];
  std::vector<bool> alone;
  alone.reserve(list.size());
  for (const std::string& element : list) {
    const auto found = left.find(element);
    alone.push_back(found == left.end() || found->second == 0);
    if (!alone.back()) --found->second;
  }
  return alone;
}

void add_elements(Html& page, const std::vector<std::string>& identifiers, const std::vector<bool>& marked,
                  std::string_view remark) {
  if (identifiers.empty()) {
    page.markup("{&quot;batchItemFailures&quot;:[]}\n");
    return;
  }
  page.markup("{&quot;batchItemFailures&quot;:[\n");
  for (std::size_t index = 0; index < identifiers.size(); ++index) {
    const std::string element = fixtures::to_text(nlohmann::json{{"itemIdentifier", identifiers[index]}});
    page.markup("  ");
    if (marked[index]) {
      page.element("mark", element);
    } else {
      page.words(element);
    }
    if (index + 1 < identifiers.size()) page.markup(",");
    if (marked[index]) page.element("span class=\"remark\"", remark);
    page.markup("\n");
  }
  page.markup("]}\n");
}

void add_answer(Html& page, std::string_view heading, const ShownAnswer& answer, const ShownAnswer& other,
                std::string_view remark, bool is_wrong = false) {
  page.markup("<div>").element("h4", heading).markup("<pre>");
  if (!answer.identifiers) {
    page.element(is_wrong ? "mark" : "span", answer.words).markup("</pre></div>\n");
    return;
  }
  if (!answer.words.empty()) page.words(answer.words).markup("\n");
  const auto& identifiers = *answer.identifiers;
  const auto marked =
      other.identifiers ? unmatched(identifiers, *other.identifiers) : std::vector<bool>(identifiers.size());
  add_elements(page, identifiers, marked, remark);
  page.markup("</pre></div>\n");
}

}  // namespace

void add_answers(Html& page, const std::string& expected, const std::string& actual) {
  const ShownAnswer wanted = shown(expected);
  const ShownAnswer given = shown(actual);
  const bool is_no_response = wanted.identifiers && wanted.words.empty() && !given.identifiers;
  page.markup("<div class=\"answers\">\n");
  add_answer(page, "Expected", wanted, given, " ← missing from the answer");
  add_answer(page, wanted.differs(given) ? "Actual" : "Actual: the same", given, wanted, " ← not expected",
             is_no_response);
  page.markup("</div>\n");
}

}  // namespace batchproof::properties
