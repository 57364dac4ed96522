#include <re2/re2.h>

#include <batchproof/blackbox/handled_in_log.hpp>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

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

std::vector<std::string> with_refused(const std::vector<std::string>& logged,
                                      const std::vector<AnsweredRecord>& batch, bool stops_after_failure) {
  const std::unordered_set<std::string_view> in_log(logged.begin(), logged.end());
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t index = 0; index < batch.size(); ++index) places.emplace(batch[index].identifier, index);
  std::unordered_set<std::string_view> stopped;
  std::vector<std::string> calls;
  std::size_t next = 0;
  const auto add_refused_before = [&](std::size_t end) {
    for (; next < end; ++next) {
      const AnsweredRecord& record = batch[next];
      if (!record.is_reported || (stops_after_failure && !stopped.insert(record.stops_with).second)) continue;
      if (record.must_fail && !in_log.contains(record.identifier)) calls.push_back(record.identifier);
    }
  };
  for (const std::string& call : logged) {
    if (const auto place = places.find(call); place != places.end()) add_refused_before(place->second);
    calls.push_back(call);
  }
  add_refused_before(batch.size());
  return calls;
}

std::string what_handled_must_find(bool are_objects) {
  std::string text = "its capture group, or the whole match without one, must be the identifier of a record";
  if (are_objects) text += ", a JSON object as in the answer";
  return text;
}

}  // namespace batchproof::blackbox
