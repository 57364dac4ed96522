#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// A law of whole lives: a plain function of a finished world. It draws nothing at random and keeps nothing.
/// Each has a file of its own under `laws/`.
struct LifeLaw {
  std::string_view id;        ///< "nothing-vanishes"
  std::string_view sentence;  ///< what it says, in one sentence
  std::string_view aws_page;  ///< the title of the AWS page that it follows
  bool (*applies)(const World& world);

  /// One sentence for each breach, which names the message; empty when the law holds.
  std::vector<std::string> (*violations)(const FinishedWorld& finished);
};

/// All of them, those that speak of loss first.
std::span<const LifeLaw> life_laws() noexcept;

/// The law of this id; null when there is none.
const LifeLaw* find_life_law(std::string_view id) noexcept;

/// True of a law whose breach is a lost message.
bool speaks_of_loss(const LifeLaw& law) noexcept;

}  // namespace batchproof::simulator
