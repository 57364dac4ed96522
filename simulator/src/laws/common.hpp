#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// The name of a message in violations: message 3 ("m3"). A change that a careless function takes for an
/// order is named too.
std::string named(const FinishedWorld& finished, std::size_t number);

/// "1 delivery", "2 deliveries".
std::string deliveries_of(const Message& message);

/// A sentence for each message that left the source before one that had failed and never succeeded.
/// `group` is the word for what keeps an order: "group", "key".
std::vector<std::string> left_before_failed(const FinishedWorld& finished, const std::string& group);

/// True when `left_before_failed` may leave some out.
bool are_overtakings_cut(const FinishedWorld& finished);

/// How a law compares two messages of a group or key.
struct SendingOrder {
  bool (*counts)(const Message& message);  ///< others are left out
  bool (*is_overtaken)(const FinishedWorld& finished, const Message& earlier, const Message& later);
  std::string_view end;  ///< of the sentence about a message that was handled before an earlier one
};

/// A sentence for each message that was handled before one of its group which was sent earlier.
std::vector<std::string> overtaken_messages(const FinishedWorld& finished, const SendingOrder& order);

}  // namespace batchproof::simulator
