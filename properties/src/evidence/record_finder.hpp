#pragma once

// Finds the records of a batch by their identifiers.

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace batchproof::properties {

/// Most batches are so small that comparing each record is faster than hashing one identifier.
class RecordFinder {
 public:
  /// The batch must outlive it.
  explicit RecordFinder(const fixtures::BatchCase& batch_case);

  /// The first record with the identifier; nothing when there is none.
  std::optional<std::size_t> first(std::string_view item_identifier) const;

  /// The next record with the same identifier as this one; nothing when there is none.
  std::optional<std::size_t> next(std::size_t index) const;

 private:
  std::optional<std::size_t> search(std::string_view item_identifier, std::size_t begin) const;

  const fixtures::BatchCase* case_;
  std::unordered_map<std::string_view, std::size_t> first_;  // of a large batch
  std::vector<std::optional<std::size_t>> next_;             // of a large batch
};

}  // namespace batchproof::properties
