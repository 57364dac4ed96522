#pragma once

// Decides which records a failure stops. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/ordering.hpp>
#include <batchproof/detail/text_numbers.hpp>
#include <batchproof/status.hpp>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// Remembers the failures of one batch. A group is a view, without data for a record that has none. Make one
/// for each batch; one thread at a time. When records run at once, calls come in any order that the ordering
/// keys of the batch allow.
class OrderGuard {
 public:
  /// A record that failed, and stops others. Its identifier must outlive the guard.
  struct Stop {
    std::size_t record_index;
    std::string_view item_identifier;
    std::optional<Failure> failure{};  ///< of those that it stops; made by `failure_of`
  };

  explicit OrderGuard(Ordering ordering) noexcept : ordering_(ordering) {}

  /// True while nothing has failed, or where failures stop nothing: the caller need not ask about groups.
  bool open() const noexcept { return !anything_failed_ || ordering_ == Ordering::none; }

  /// The reason why the next record, which is of this group, may not be handled; null when it may. The
  /// pointer lives as long as this object. Call it once for each record: a stopped record without a group
  /// stops everything after it.
  Stop* stopped(std::string_view group) {
    if (group.data() != nullptr && is_same_view(group, last_group_)) return last_stop_;
    return find_stop(group);
  }

  /// The failure of a record that was stopped. It is made on the first call, since its text and its exception
  /// cost more than all other work here.
  const Failure& failure_of(Stop& stop) const;

  /// Reports that a handled record failed; what depends on it is stopped from now on.
  void note_failure(std::string_view group, std::size_t record_index, std::string_view item_identifier);

 private:
  /// Messages of one group that follow each other share one view.
  static bool is_same_view(std::string_view left, std::string_view right) noexcept {
    return left.data() == right.data() && left.size() == right.size();
  }

  bool has_groups() const noexcept {
    return ordering_ == Ordering::message_group || ordering_ == Ordering::partition;
  }

  BATCHPROOF_EXPORT Stop* find_stop(std::string_view group);
  void stop_everything(const Stop& stop);

  Ordering ordering_;
  bool anything_failed_ = false;
  std::optional<Stop> everything_stopped_;
  std::optional<Stop> first_failure_;  // in batch order: what stops a record without a group
  TextNumbers stopped_groups_;
  std::vector<std::unique_ptr<Stop>> stops_;  // by the numbers of their groups
  std::string_view last_group_;  // the group that `last_stop_` is valid for; without data: for none
  Stop* last_stop_ = nullptr;
};

}  // namespace batchproof::inline v0_1::detail
