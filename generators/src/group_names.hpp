#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "near_names.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

/// Names of the groups of one batch, mostly near each other. Unless plain, different batches mostly have
/// different names: state that a processor keeps of one random batch then does not change the next, and a
/// violation can be reproduced.
class GroupNames {
 public:
  /// Each group has a text of its own after its number, or all have the `same`.
  GroupNames(TextDraws& draws, const char* prefix, bool same, Alphabet alphabet);

  std::string name(std::size_t group) const;

 private:
  std::string prefix_;
  NearNames near_{};
  std::vector<std::string> suffixes_{};
};

}  // namespace batchproof::generators
