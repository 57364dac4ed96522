#include "common.hpp"

#include <batchproof/fixtures/source_info.hpp>

namespace batchproof::simulator {

std::string named(const FinishedWorld& finished, std::size_t number) {
  const Message& message = finished.messages[number];
  return "message " + std::to_string(number) + " (\"" + message.identifier + "\"" +
         (message.change == Change::remove ? ", a removal, which has no NewImage" : "") + ")";
}

std::string deliveries_of(const Message& message) {
  return std::to_string(message.deliveries) + (message.deliveries == 1 ? " delivery" : " deliveries");
}

bool is_fifo_queue(const World& world) {
  return fixtures::info_of(world.source).delivery == fixtures::DeliveryKind::fifo_queue;
}
bool has_windows(const World& world) { return fixtures::has_windows(world.source); }

}  // namespace batchproof::simulator
