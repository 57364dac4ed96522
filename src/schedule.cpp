#include <algorithm>
#include <batchproof/detail/schedule.hpp>
#include <functional>
#include <utility>

namespace batchproof::detail {

Schedule::Schedule(Lanes lanes, std::size_t limit)
    : lanes_(std::move(lanes)), limit_(limit), next_in_lane_(lanes_.size()) {
  std::size_t lane_count = 0;
  for (const auto& lane : lanes_) {
    if (lane) lane_count = std::max(lane_count, *lane + 1);
  }
  lane_ends_.resize(lane_count);
  ready_.reserve(lanes_.size());
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
  if (next_in_lane_[record]) make_ready(*next_in_lane_[record]);
  if (--unfinished_in_segment_ == 0) open_next_segment();
}

/// A segment is a run of records with lanes, or one record without.
void Schedule::open_next_segment() noexcept {
  const std::size_t begin = segment_end_;
  if (begin == lanes_.size()) return;
  if (!lanes_[begin]) {
    segment_end_ = begin + 1;
    make_ready(begin);
  } else {
    for (; segment_end_ < lanes_.size() && lanes_[segment_end_]; ++segment_end_) {
      std::size_t& lane_end = lane_ends_[*lanes_[segment_end_]];
      if (lane_end > begin) {
        next_in_lane_[lane_end - 1] = segment_end_;
      } else {
        make_ready(segment_end_);
      }
      lane_end = segment_end_ + 1;
    }
  }
  unfinished_in_segment_ = segment_end_ - begin;
}

void Schedule::make_ready(std::size_t record) noexcept {
  ready_.push_back(record);  // never grows: a record becomes ready once
  std::push_heap(ready_.begin(), ready_.end(), std::greater<>());
}

}  // namespace batchproof::detail
