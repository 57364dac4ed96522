#pragma once

#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace batchproof::tools {

/// The deliveries of one world, kept until it is finished.
class WorldHistory {
 public:
  WorldHistory() = default;
  WorldHistory(const WorldHistory&) = delete;
  WorldHistory& operator=(const WorldHistory&) = delete;

  void keep(const simulator::Delivery& delivery);

  /// One JSON object: `curves` has the numbers of messages that waited, were in flight and had ended, over
  /// time; `lives` has the deliveries of single messages. For a large world both are partial: some hundred
  /// points of time, and the messages with the most failures.
  std::string json(const simulator::FinishedWorld& finished);

 private:
  std::vector<simulator::Delivery> deliveries_{};
  std::set<std::string, std::less<>> reasons_{};  ///< owns the texts of the deliveries
};

}  // namespace batchproof::tools
