#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// A law about the outcome of messages, from the first delivery to the last. It is a pure function of a
/// finished world. `laws.hpp` lists all of them.
struct EndToEndLaw {
  std::string_view id;        ///< "nothing-vanishes"
  std::string_view sentence;  ///< the law in one sentence
  std::string_view aws_page;  ///< the title of the AWS page that it follows
  bool (*applies)(const World& world);

  /// One sentence for each violation, which names the message; empty when the law holds.
  std::vector<std::string> (*violations)(const FinishedWorld& finished);

  /// True when a violation is a lost message.
  bool is_about_loss = false;
};

}  // namespace batchproof::simulator
