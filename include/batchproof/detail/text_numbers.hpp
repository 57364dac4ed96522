#pragma once

// Finds equal texts, also when senders choose texts whose hashes collide. Not part of the public interface.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// Numbers texts in the order of their first appearance, from 0. The texts must outlive this.
///
/// It is a hash table until so many hashes collide that a sender must have chosen the texts; then it becomes
/// an ordered map. So n texts cost n log n comparisons at most.
class TextNumbers {
 public:
  /// `expected` is the number of texts to make room for.
  explicit TextNumbers(std::size_t expected = 0);

  /// The number of this text, which is `size()` before the call if it is new.
  std::size_t number(std::string_view text);

  /// The number of this text, if it has one.
  std::optional<std::size_t> find(std::string_view text);

  std::size_t size() const noexcept { return texts_.size(); }

  /// How many texts or slots were compared and did not match.
  std::size_t collisions() const noexcept { return collisions_; }

 private:
  std::size_t& slot_of(std::string_view text);
  void grow();
  bool collides_too_often() const noexcept;
  void keep_in_order();

  std::vector<std::string_view> texts_;
  std::vector<std::size_t> slots_;  // 0: free; else 1 + a number. A power of two of them, half of them free
  std::map<std::string_view, std::size_t> ordered_;  // in place of the slots, once it is not empty
  std::size_t collisions_ = 0;
};

}  // namespace batchproof::inline v0_1::detail
