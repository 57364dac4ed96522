#include "record_finder.hpp"

namespace batchproof::properties {
namespace {

constexpr std::size_t small_batch = 32;

}  // namespace

RecordFinder::RecordFinder(const fixtures::BatchCase& batch_case) : case_(&batch_case) {
  if (batch_case.records.size() <= small_batch) return;
  first_.reserve(batch_case.records.size());
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    first_.try_emplace(batch_case.records[index].item_identifier, index);
  }
}

std::optional<std::size_t> RecordFinder::first(std::string_view item_identifier) const {
  if (!first_.empty()) {
    const auto found = first_.find(item_identifier);
    return found == first_.end() ? std::nullopt : std::optional(found->second);
  }
  for (std::size_t index = 0; index < case_->records.size(); ++index) {
    if (case_->records[index].item_identifier == item_identifier) return index;
  }
  return std::nullopt;
}

}  // namespace batchproof::properties
