#pragma once

// Finds the records of a batch by their identifiers.

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace batchproof::properties {

/// Most batches are so small that looking at each record takes less time than to hash one identifier.
class RecordFinder {
 public:
  /// The batch must outlive it.
  explicit RecordFinder(const fixtures::BatchCase& batch_case);

  /// The first record that bears the identifier; nothing where none does.
  std::optional<std::size_t> first(std::string_view item_identifier) const;

 private:
  const fixtures::BatchCase* case_;
  std::unordered_map<std::string_view, std::size_t> first_;  // of a large batch
};

}  // namespace batchproof::properties
