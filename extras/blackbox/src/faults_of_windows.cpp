#include "faults_of_windows.hpp"

#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source.hpp>
#include <string_view>

#include "state_of_window.hpp"

namespace batchproof::blackbox {
namespace {

constexpr std::string_view fails_at_the_end =
    "the function fails the last invocation of the window, with or without a record, when the event holds a "
    "state that it gave, and handles the same event while the window goes on";

}  // namespace

std::string failure_at_the_end(WindowParts& parts, const WindowParts::Part& last) {
  const auto fails = [](const FunctionRun& run) {
    return !run.seen.response ||
           !fixtures::read_service_answer(run.body, fixtures::Source::kinesis_window).reported.empty();
  };
  for (const std::size_t begin : {last.begin, last.end}) {
    const WindowParts::Part end{.begin = begin, .end = last.end, .state = last.state, .is_final = true};
    WindowParts::Part goes_on = end;
    goes_on.is_final = false;
    const FunctionRun run = parts.here(end);
    if (!fails(run)) continue;
    bool fails_each_time = true;
    for (int time = 0; time < times_to_confirm && fails_each_time; ++time)
      fails_each_time = fails(parts.anew(end)) && (begin == last.end || !fails(parts.anew(goes_on)));
    if (!fails_each_time) continue;  // by chance, or as it fails the same event while the window goes on
    return std::string(fails_at_the_end) + (run.seen.error.empty() ? "" : ": " + run.seen.error);
  }
  return {};
}

bool is_kept_in_memory(WindowParts& parts, const WindowParts::Part& last, const std::string& after) {
  const WindowParts::Part others{.begin = 0, .end = last.begin, .state = "{}"};
  const WindowParts::Part whole{.begin = 0, .end = last.end, .state = "{}"};
  const auto elsewhere = parts.state_behind(whole, last);
  if (elsewhere == after) return false;
  for (int time = 0; time < times_to_confirm; ++time) {
    if (parts.state_behind(others, last) != after || parts.state_behind(whole, last) != elsewhere)
      return false;
  }
  return true;
}

bool loses_earlier_state(WindowParts& parts, std::size_t first_records) {
  if (first_records < 2) return false;
  const auto earlier = parts.state_here({.begin = 0, .end = 1, .state = "{}"});
  if (!earlier || earlier == "{}") return false;
  const WindowParts::Part whole{.begin = 1, .end = parts.records(), .state = *earlier};
  const WindowParts::Part first{.begin = 1, .end = first_records, .state = *earlier};
  const auto differ = [](const FunctionRun& left, const FunctionRun& right) {
    return may_be_compared(left.seen) && may_be_compared(right.seen) &&
           !have_same_state(left.seen, right.seen);
  };
  if (!differ(parts.here(whole), parts.here(first))) return false;
  const FunctionRun whole_anew = parts.anew(whole);
  for (int time = 0; time < times_to_confirm; ++time) {
    if (!differ(whole_anew, parts.anew(first)) || !have_same_state(whole_anew.seen, parts.anew(whole).seen))
      return false;
  }
  return true;
}

}  // namespace batchproof::blackbox
