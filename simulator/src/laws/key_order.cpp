#include <batchproof/simulator/laws/key_order.hpp>
#include <optional>

#include "sentences.hpp"

namespace batchproof::simulator {
namespace {

/// A processor that goes on after a failure handles later records first, and all of them again behind the one
/// that failed: of such a processor the last time counts.
std::uint64_t counted_success(const FinishedWorld& finished, const Message& message) {
  return finished.world.claims.stops_on_first_failure ? message.first_success : message.last_success;
}

std::vector<std::string> overtaken_records(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  std::vector<std::optional<std::size_t>> latest(finished.world.groups);
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    const Message& message = finished.messages[number];
    if (message.fate != Fate::done || message.successes == 0) continue;
    auto& before = latest[message.group];
    if (before &&
        counted_success(finished, finished.messages[*before]) > counted_success(finished, message)) {
      violations.push_back(named(finished, number) + " was handled before " + named(finished, *before) +
                           " of the same key, which was sent first, and not again behind it");
    } else {
      before = number;
    }
  }
  return violations;
}

}  // namespace

constinit const LifeLaw key_order{
    .id = "key-order",
    .sentence =
        "Streams: records of a key are handled in the order in which they were sent, at first where the "
        "processor stops at a failure, and at last where it goes on.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .applies = is_a_stream,
    .violations = overtaken_records,
};

}  // namespace batchproof::simulator
