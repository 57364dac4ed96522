#include "answer.hpp"

#include <nlohmann/json.hpp>

namespace batchproof::conformance {
namespace {

using Json = nlohmann::json;

const char* name_of(Answer::Kind kind) {
  if (kind == Answer::Kind::response) return "response";
  return kind == Answer::Kind::all_failed ? "all failed" : "refused";
}

bool same_json(const std::string& one, const std::string& other) {
  const Json parsed = Json::parse(one, nullptr, false);
  return !parsed.is_discarded() && parsed == Json::parse(other, nullptr, false);
}

}  // namespace

bool agree(const Answer& one, const Answer& other) {
  if (one.kind != other.kind || one.handled != other.handled) return false;
  if (one.kind == Answer::Kind::response) return same_json(one.text, other.text);
  return one.causes == other.causes;
}

std::string to_text(const Answer& answer) {
  return std::string(name_of(answer.kind)) + ": " + answer.text + "\n  handled " +
         Json(answer.handled).dump() +
         (answer.causes.empty() ? "" : ", causes " + Json(answer.causes).dump());
}

}  // namespace batchproof::conformance
