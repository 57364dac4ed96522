#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "mode.hpp"

namespace batchproof::conformance {

/// How many scenarios of each mode fell into each class.
class Tally {
 public:
  void add(const std::string& row, const Mode& mode);
  std::size_t total(const std::string& row) const;

  /// Rows in the order given, one column for each mode; a row that nothing fell into is empty.
  std::string table(const std::vector<std::string>& rows) const;

 private:
  std::map<std::string, std::vector<std::size_t>> counts_;
};

}  // namespace batchproof::conformance
