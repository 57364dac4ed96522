#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::properties {
namespace {

/// Takes the front off the text when it is there.
bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

/// Of ASCII, and no escape begins with it.
bool is_printable(char character) { return character >= 0x20 && character < 0x7F && character != '\\'; }

/// Takes a JSON string that is not empty off the front.
bool take_identifier(std::string_view& text) {
  if (!text.starts_with('"')) return false;
  std::size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
  if (end >= text.size() || end == 1) return false;
  const std::string_view identifier = text.substr(0, end + 1);
  text.remove_prefix(end + 1);
  return std::all_of(identifier.begin(), identifier.end(), is_printable) ||
         nlohmann::json::accept(identifier);
}

}  // namespace

std::optional<std::string> flaw_in_response(std::string_view response) {
  std::string_view rest = response;
  const auto flaw = [&](std::string_view wanted) {
    return std::string(wanted) + " is missing at byte " + std::to_string(response.size() - rest.size());
  };
  if (!take(rest, R"({"batchItemFailures":[)")) return flaw(R"({"batchItemFailures":[)");
  if (!rest.starts_with(']')) {
    do {
      if (!take(rest, R"({"itemIdentifier":)")) return flaw(R"({"itemIdentifier":)");
      if (!take_identifier(rest)) return flaw("an identifier as a JSON string");
      if (!take(rest, "}")) return flaw("}");
    } while (take(rest, ","));
  }
  if (!take(rest, "]}")) return flaw("]}");
  if (!rest.empty())
    return "text follows the response at byte " + std::to_string(response.size() - rest.size());
  return std::nullopt;
}

}  // namespace batchproof::properties
