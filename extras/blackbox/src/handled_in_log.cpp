#include <re2/re2.h>

#include <batchproof/blackbox/handled_in_log.hpp>
#include <stdexcept>

namespace batchproof::blackbox {
namespace {

/// The expression, with a group around it if it has no group.
std::shared_ptr<const RE2> expression_of(const std::string& handled) {
  auto expression = std::make_shared<const RE2>(handled, RE2::Quiet);
  if (!expression->ok())
    throw std::invalid_argument("\"" + handled + "\" is not a regular expression: " + expression->error());
  if (expression->NumberOfCapturingGroups() > 0) return expression;
  return std::make_shared<const RE2>('(' + handled + ')', RE2::Quiet);
}

}  // namespace

HandledInLog::HandledInLog(const std::string& expression) : expression_(expression_of(expression)) {}

std::vector<std::string> HandledInLog::in(std::string_view log) const {
  std::vector<std::string> all;
  re2::StringPiece rest(log);
  for (std::string found; RE2::FindAndConsume(&rest, *expression_, &found);) {
    if (found.empty()) break;  // an expression that matches nothing would loop forever
    all.push_back(found);
  }
  return all;
}

std::string what_handled_must_find(bool are_objects) {
  std::string text = "its capture group, or the whole match without one, must be the identifier of a record";
  if (are_objects) text += ", a JSON object as in the answer";
  return text;
}

}  // namespace batchproof::blackbox
