#pragma once

#include <batchproof/properties/regressions.hpp>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// The two files that `save_regression` writes.
struct SavedFiles {
  std::string event_name;
  std::string event;
  std::string case_name;
  std::string description;
};

SavedFiles saved_files_of(std::string_view law, const Counterexample& counterexample);

}  // namespace batchproof::properties
