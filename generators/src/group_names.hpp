#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "near_names.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

/// Names of the groups of one batch, mostly near each other. Those of another batch are mostly
/// others, unless plain: what a processor keeps of one random batch then changes nothing of the next, and
/// what is found there is found again.
class GroupNames {
 public:
  /// Each group has something of its own after its number, or all have the `same`.
  GroupNames(TextDraws& draws, const char* prefix, bool same, Alphabet alphabet);

  std::string name(std::size_t group) const;

 private:
  std::string prefix_;
  NearNames near_{};
  std::vector<std::string> suffixes_{};
};

}  // namespace batchproof::generators
