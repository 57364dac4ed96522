#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/simulator/laws.hpp>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

bool is_read_in_windows(const World& world) {
  return fixtures::has_windows(world.source) && world.report_batch_item_failures;
}

std::string named(const FinishedWindow& window) {
  return "the window of shard " + std::to_string(window.shard) + " from " +
         std::to_string(window.start.count()) + " ms on";
}

bool is_of(const Message& message, const FinishedWindow& window, const World& world) {
  return message.shard_part == window.shard && message.sent_at >= window.start &&
         message.sent_at < window.start + world.stream.tumbling_window;
}

std::vector<std::string> miscounted_records(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  std::map<std::string, std::size_t> numbers;
  for (std::size_t number = 0; number < finished.messages.size(); ++number)
    numbers.emplace(finished.messages[number].identifier, number);
  std::vector<std::size_t> counts(finished.messages.size());
  for (const FinishedWindow& window : finished.windows) {
    const nlohmann::json state = fixtures::parse_json_or_discard(window.state);
    if (state.value("finished", nlohmann::json()) != true)
      violations.push_back(named(window) + " ends and is not finished");
    for (const auto& identifier : state.value("folded", nlohmann::json::array())) {
      const auto found = identifier.is_string() ? numbers.find(identifier.get<std::string>()) : numbers.end();
      if (found == numbers.end() || !is_of(finished.messages[found->second], window, finished.world)) {
        violations.push_back(named(window) + " counts " + fixtures::to_text(identifier) +
                             ", which is not of it");
      } else {
        counts[found->second] += 1;
      }
    }
  }
  for (std::size_t number = 0; number < counts.size(); ++number) {
    const bool is_done = finished.messages[number].disposition == Disposition::done;
    if (counts[number] == (is_done ? 1U : 0U)) continue;
    violations.push_back(named(finished, number) + (is_done ? " was passed" : " was given up") +
                         " and is counted " + std::to_string(counts[number]) + " times");
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw counted_once{
    .id = "counted-once",
    .sentence =
        "Tumbling windows: each record is counted once in the last state of its window, or not at all where "
        "it was given up, and each window is finished.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .applies = is_read_in_windows,
    .violations = miscounted_records,
};

}  // namespace batchproof::simulator
