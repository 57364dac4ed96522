#pragma once

// What the rules find in the possible deployments of one event source mapping.

#include <batchproof/lint/lint.hpp>
#include <set>
#include <string>
#include <vector>

#include "sources/deployments.hpp"

namespace batchproof::lint {

/// A violation, and the possible deployments in which it is found.
struct Occurrence {
  Finding finding{};
  bool is_disabled = false;
  bool differs = false;              ///< its numbers differ between deployments
  std::vector<bool> deployments{};   ///< whether each has it
  std::set<std::string> defaults{};  ///< the parameters without whose defaults it is not found
};

std::vector<Occurrence> occurrences_in(const std::vector<Deployment>& all);

/// Whether one of the `others`, in which only those of `left` occur, lacks the occurrence, and differs in no
/// choice from one of `all` that has it.
bool is_gone(const Occurrence& occurrence, const std::vector<Deployment>& all,
             const std::vector<Occurrence>& left, const std::vector<Deployment>& others);

/// The finding, which says in which of the deployments the violation is found. It is a warning where the
/// event source is disabled.
Finding finding_of(const std::vector<Deployment>& all, Occurrence&& occurrence);

}  // namespace batchproof::lint
