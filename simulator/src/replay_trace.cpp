#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/simulator/replay_trace.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::simulator {
namespace {

/// Removes the first line from the text and returns it.
std::string_view take_line(std::string_view& text) {
  const std::size_t size = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return line;
}

}  // namespace

World world_of_trace(std::string_view trace) {
  const auto json = fixtures::parse_ordered_json_or_discard(take_line(trace));
  const auto world = json.is_object() ? json.find("world") : json.end();
  if (world == json.end()) throw std::invalid_argument("the first line of the trace holds no world");
  return world_from_json(world->dump());
}

TraceReplay replay_trace(const FunctionUnderTest& function, std::string_view trace) {
  TraceReplay replay;
  std::string_view rest = trace;
  std::size_t line = 0;
  run_world(function, world_of_trace(trace), [&](std::string_view now) {
    line += 1;
    const std::string_view before = rest.empty() ? "" : take_line(rest);
    if (before != now && !replay.difference)
      replay.difference =
          TraceDifference{.line = line, .before = std::string(before), .now = std::string(now)};
  });
  if (!rest.empty() && !replay.difference)
    replay.difference = TraceDifference{.line = line + 1, .before = std::string(take_line(rest))};
  replay.lines = static_cast<std::size_t>(std::count(trace.begin(), trace.end(), '\n'));
  if (!trace.empty() && trace.back() != '\n') replay.lines += 1;
  return replay;
}

}  // namespace batchproof::simulator
