#include <batchproof/detail/json_text.hpp>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/windows/process_window.hpp>
#include <batchproof/windows/window.hpp>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace batchproof::inline v0_1::detail {
namespace {

constexpr const char* state_pointer = "/state";

[[noreturn]] void fail(const std::string& what_was_wrong, const std::string& json_pointer) {
  throw EventError(what_was_wrong, std::nullopt, json_pointer);
}

nlohmann::json parse(std::string_view raw, const std::string& json_pointer) {
  nlohmann::json value = nlohmann::json::parse(raw, nullptr, false);
  if (value.is_discarded()) fail("not JSON", json_pointer);
  return value;
}

bool is_absent(std::string_view raw) { return raw.empty() || raw == "null"; }

bool read_flag(std::string_view raw, const char* json_pointer) {
  if (is_absent(raw)) return false;
  if (raw != "true" && raw != "false") fail("true or false expected", json_pointer);
  return raw == "true";
}

std::string read_text(std::string_view raw, const char* json_pointer) {
  if (is_absent(raw)) return {};
  const nlohmann::json value = parse(raw, json_pointer);
  if (!value.is_string()) fail("a string expected", json_pointer);
  return value.get<std::string>();
}

/// The number of exactly `count` digits at a place of a text.
std::optional<unsigned> digits_at(std::string_view text, std::size_t begin, std::size_t count) {
  unsigned number = 0;
  if (text.size() < begin + count) return std::nullopt;
  const char* const end = text.data() + begin + count;
  const auto [stopped, error] = std::from_chars(text.data() + begin, end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

/// Reads "2020-12-09T07:04:00Z"; ignores a fraction of a second.
std::optional<std::chrono::system_clock::time_point> read_utc(std::string_view text) {
  using namespace std::chrono;
  const auto year_number = digits_at(text, 0, 4), month_number = digits_at(text, 5, 2),
             day_number = digits_at(text, 8, 2), hour = digits_at(text, 11, 2),
             minute = digits_at(text, 14, 2), second = digits_at(text, 17, 2);
  if (!year_number || !month_number || !day_number || !hour || !minute || !second) return std::nullopt;
  const std::string_view behind = text.substr(19);
  const bool is_whole = behind == "Z" || (behind.size() > 2 && behind.starts_with('.') &&
                                          behind.find_first_not_of("0123456789", 1) == behind.size() - 1 &&
                                          behind.ends_with('Z'));
  const year_month_day date(year(static_cast<int>(*year_number)), month(*month_number), day(*day_number));
  const bool has_punctuation =
      text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
  if (!is_whole || !has_punctuation || !date.ok() || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  const sys_seconds time = sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second);
  const bool has_room = time > ceil<seconds>(system_clock::time_point::min()) &&
                        time < floor<seconds>(system_clock::time_point::max());
  return has_room ? std::optional<system_clock::time_point>(time) : std::nullopt;
}

std::chrono::system_clock::time_point read_bound(const nlohmann::json& window, const std::string& name) {
  const auto bound = window.find(name);
  const std::string json_pointer = "/window/" + name;
  if (bound == window.end()) fail("missing", json_pointer);
  const auto time = bound->is_string() ? read_utc(bound->get_ref<const std::string&>()) : std::nullopt;
  if (!time)
    fail("a time such as \"2020-12-09T07:04:00Z\" expected, found " + excerpt(bound->dump(), 40),
         json_pointer);
  return *time;
}

}  // namespace

Window read_window(const WindowFields& fields) {
  if (is_absent(fields.window)) {
    fail(
        "missing; process_window reads the events of an event source mapping with TumblingWindowInSeconds, "
        "process_partial_response those of others",
        "/window");
  }
  const nlohmann::json window = parse(fields.window, "/window");
  if (!window.is_object()) fail("not an object", "/window");
  return {
      .start = read_bound(window, "start"),
      .end = read_bound(window, "end"),
      .shard_id = read_text(fields.shard_id, "/shardId"),
      .event_source_arn = read_text(fields.event_source_arn, "/eventSourceARN"),
      .is_final = read_flag(fields.is_final, "/isFinalInvokeForWindow"),
      .is_terminated_early = read_flag(fields.is_terminated_early, "/isWindowTerminatedEarly"),
  };
}

std::optional<nlohmann::json> parse_state(std::string_view raw) {
  if (is_absent(raw)) return std::nullopt;
  nlohmann::json state = parse(raw, state_pointer);
  if (!state.is_object()) fail("not an object", state_pointer);
  return state.empty() ? std::nullopt : std::optional(std::move(state));
}

std::string checked_state(std::string text) {
  if (text.empty()) return "{}";
  if (text.find_first_not_of(" \t\r\n") != text.find('{') || has_null_byte(text) ||
      !nlohmann::json::accept(text))
    throw WindowStateError("the state of the window is not a JSON object: " + excerpt(text, 40));
  if (text.size() > largest_window_state_bytes) {
    throw WindowStateError("the state of the window has " + std::to_string(text.size()) +
                           " bytes of JSON; above " + std::to_string(largest_window_state_bytes) +
                           " Lambda ends the window before its time: keep less in it, or shorten the window");
  }
  return text;
}

std::optional<std::string> place_of_infinite(const nlohmann::json& state) {
  if (state.is_number_float() && !std::isfinite(state.get<double>())) return "";
  if (!state.is_structured()) return std::nullopt;
  for (const auto& [name, child] : state.items()) {
    if (const auto rest = place_of_infinite(child)) return "/" + name + *rest;
  }
  return std::nullopt;
}

std::string state_text(const nlohmann::json& state) {
  if (state.is_null()) return "{}";
  try {
    return checked_state(state.dump());
  } catch (const nlohmann::json::exception& error) {  // a text that is not UTF-8
    throw WindowStateError(std::string("the state of the window cannot be written as JSON: ") + error.what());
  }
}

std::string encode_window_response(std::string_view state, std::string_view response) {
  return std::string(R"({"state":)").append(state).append(",").append(response.substr(1));
}

}  // namespace batchproof::inline v0_1::detail
