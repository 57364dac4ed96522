#include "record_finder.hpp"

#include <utility>

namespace batchproof::properties {

RecordFinder::RecordFinder(const fixtures::BatchCase& batch_case) : case_(&batch_case) {
  constexpr std::size_t small_batch = 32;
  if (batch_case.records.size() <= small_batch) return;
  first_.reserve(batch_case.records.size());
  next_.resize(batch_case.records.size());
  for (std::size_t index = batch_case.records.size(); index-- > 0;) {
    const auto [place, is_last] = first_.try_emplace(batch_case.records[index].item_identifier, index);
    if (!is_last) next_[index] = std::exchange(place->second, index);
  }
}

std::optional<std::size_t> RecordFinder::first(std::string_view item_identifier) const {
  if (!first_.empty()) {
    const auto found = first_.find(item_identifier);
    return found == first_.end() ? std::nullopt : std::optional(found->second);
  }
  return search(item_identifier, 0);
}

std::optional<std::size_t> RecordFinder::next(std::size_t index) const {
  return next_.empty() ? search(case_->records[index].item_identifier, index + 1) : next_[index];
}

std::optional<std::size_t> RecordFinder::search(std::string_view item_identifier, std::size_t begin) const {
  for (std::size_t index = begin; index < case_->records.size(); ++index) {
    if (case_->records[index].item_identifier == item_identifier) return index;
  }
  return std::nullopt;
}

}  // namespace batchproof::properties
