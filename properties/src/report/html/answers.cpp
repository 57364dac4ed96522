#include "sections.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace batchproof::properties {
namespace {

/// An answer for people: the words before a response, the elements of the response if it has some, and the
/// state of a window beside them.
struct ShownAnswer {
  std::string words;
  std::optional<std::vector<std::string>> elements{};
  std::optional<std::string> state{};

  bool operator==(const ShownAnswer&) const = default;
};

/// Whether the text is a response that has no other members than those that are shown.
bool is_shown_by_its_elements(std::string_view response, fixtures::Source source) {
  if (!fixtures::lists_failures(response)) return false;
  const auto members = fixtures::parse_json_or_discard(response);
  return members.is_object() &&
         members.size() == (fixtures::has_windows(source) && members.contains("state") ? 2U : 1U);
}

/// The response is shown as a list of what it reports.
ShownAnswer shown(const std::string& answer, fixtures::Source source) {
  const std::size_t begin = answer.find('{');
  if (begin == std::string::npos || !is_shown_by_its_elements(answer.substr(begin), source)) return {answer};
  const bool has_objects = fixtures::has_object_identifiers(source);
  auto [reported, complete_failure] =
      fixtures::read_service_answer(answer.substr(begin), has_objects ? source : fixtures::Source::sqs);
  if (complete_failure) return {answer};
  for (std::string& identifier : reported) identifier = fixtures::element_that_reports(identifier, source);
  auto state = fixtures::has_windows(source) ? fixtures::answered_state(answer.substr(begin)) : std::nullopt;
  return {answer.substr(0, begin), std::move(reported), std::move(state)};
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

void add_elements(Html& page, const std::vector<std::string>& elements, const std::vector<bool>& marked,
                  std::string_view remark) {
  if (elements.empty()) {
    page.markup("&quot;batchItemFailures&quot;:[]}\n");
    return;
  }
  page.markup("&quot;batchItemFailures&quot;:[\n");
  for (std::size_t index = 0; index < elements.size(); ++index) {
    page.markup("  ");
    if (marked[index]) {
      page.element("mark", elements[index]);
    } else {
      page.words(elements[index]);
    }
    if (index + 1 < elements.size()) page.markup(",");
    if (marked[index]) page.element("span class=\"remark\"", remark);
    page.markup("\n");
  }
  page.markup("]}\n");
}

void add_answer(Html& page, std::string_view heading, const ShownAnswer& answer, const ShownAnswer& other,
                std::string_view remark, bool is_wrong = false) {
  page.markup("<div>").element("h4", heading).markup("<pre>");
  if (!answer.elements) {
    page.element(is_wrong ? "mark" : "span", answer.words).markup("</pre></div>\n");
    return;
  }
  if (!answer.words.empty()) page.words(answer.words).markup("\n");
  const auto& elements = *answer.elements;
  const auto marked =
      other.elements ? unmatched(elements, *other.elements) : std::vector<bool>(elements.size());
  page.markup("{");
  if (answer.state) page.markup("&quot;state&quot;:").words(*answer.state).markup(",\n ");
  add_elements(page, elements, marked, remark);
  page.markup("</pre></div>\n");
}

}  // namespace

void add_answers(Html& page, fixtures::Source source, const std::string& expected,
                 const std::string& actual) {
  const ShownAnswer wanted = shown(expected, source);
  const ShownAnswer given = shown(actual, source);
  const bool is_no_response = wanted.elements && wanted.words.empty() && !given.elements;
  page.markup("<div class=\"answers\">\n");
  add_answer(page, "Expected", wanted, given, " ← missing from the answer");
  add_answer(page, wanted == given ? "Actual: the same" : "Actual", given, wanted, " ← not expected",
             is_no_response);
  page.markup("</div>\n");
}

}  // namespace batchproof::properties
