#include <algorithm>
#include <batchproof/detail/schedule.hpp>
#include <functional>
#include <utility>

namespace batchproof::inline v0_1::detail {

Schedule::Schedule(OrderingKeys keys, std::size_t limit)
    : keys_(std::move(keys)), limit_(limit), next_of_key_(keys_.size()) {
  std::size_t key_count = 0;
  for (const auto& key : keys_) {
    if (key) key_count = std::max(key_count, *key + 1);
  }
  key_ends_.resize(key_count);
  ready_.reserve(keys_.size());
  open_next_segment();
}

std::optional<std::size_t> Schedule::start_next() noexcept {
  if (running_ == limit_ || ready_.empty()) return std::nullopt;
  std::pop_heap(ready_.begin(), ready_.end(), std::greater<>());
  const std::size_t record = ready_.back();
  ready_.pop_back();
  ++running_;
  return record;
}

void Schedule::finish(std::size_t record) noexcept {
  --running_;
  if (next_of_key_[record]) make_ready(*next_of_key_[record]);
  if (--unfinished_in_segment_ == 0) open_next_segment();
}

/// A segment is a run of records with ordering keys, or one record without.
void Schedule::open_next_segment() noexcept {
  const std::size_t begin = segment_end_;
  if (begin == keys_.size()) return;
  if (!keys_[begin]) {
    segment_end_ = begin + 1;
    make_ready(begin);
  } else {
    for (; segment_end_ < keys_.size() && keys_[segment_end_]; ++segment_end_) {
      std::size_t& key_end = key_ends_[*keys_[segment_end_]];
      if (key_end > begin) {
        next_of_key_[key_end - 1] = segment_end_;
      } else {
        make_ready(segment_end_);
      }
      key_end = segment_end_ + 1;
    }
  }
  unfinished_in_segment_ = segment_end_ - begin;
}

void Schedule::make_ready(std::size_t record) noexcept {
  ready_.push_back(record);  // never grows: a record becomes ready once
  std::push_heap(ready_.begin(), ready_.end(), std::greater<>());
}

}  // namespace batchproof::inline v0_1::detail
