#include <batchproof/detail/text_numbers.hpp>
#include <bit>
#include <utility>

#include "quick_hash.hpp"

namespace batchproof::inline v0_1::detail {

TextNumbers::TextNumbers(std::size_t expected) {
  if (expected == 0) return;
  texts_.reserve(expected);
  slots_.resize(std::bit_ceil(expected * 2));
}

std::size_t TextNumbers::number(std::string_view text) {
  if (ordered_.empty() && texts_.size() * 2 >= slots_.size()) grow();
  if (!ordered_.empty()) {
    const auto [place, is_new] = ordered_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    return place->second;
  }
  std::size_t& slot = slot_of(text);
  if (slot == 0) {
    texts_.push_back(text);
    slot = texts_.size();
  }
  const std::size_t number = slot - 1;
  if (collides_too_often()) keep_in_order();
  return number;
}

std::optional<std::size_t> TextNumbers::find(std::string_view text) {
  if (!ordered_.empty()) {
    const auto found = ordered_.find(text);
    return found == ordered_.end() ? std::nullopt : std::optional(found->second);
  }
  if (slots_.empty()) return std::nullopt;
  const std::size_t slot = slot_of(text);
  if (collides_too_often()) keep_in_order();
  return slot == 0 ? std::nullopt : std::optional(slot - 1);
}

/// The slot that holds the text, or the free one for it.
std::size_t& TextNumbers::slot_of(std::string_view text) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t index = quick_hash(text) & mask;
  for (; slots_[index] != 0 && texts_[slots_[index] - 1] != text; ++collisions_) index = (index + 1) & mask;
  return slots_[index];
}

void TextNumbers::grow() {
  slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t number = 0; number < texts_.size() && !collides_too_often(); ++number) {
    std::size_t index = quick_hash(texts_[number]) & mask;
    for (; slots_[index] != 0; ++collisions_) index = (index + 1) & mask;
    slots_[index] = number + 1;
  }
  if (collides_too_often()) keep_in_order();
}

/// In a table that is at most half full, good hashes collide less than once for each text that is looked for.
bool TextNumbers::collides_too_often() const noexcept { return collisions_ > 1'000 + 8 * texts_.size(); }

void TextNumbers::keep_in_order() {
  std::map<std::string_view, std::size_t> ordered;
  for (std::size_t number = 0; number < texts_.size(); ++number) ordered.emplace(texts_[number], number);
  ordered_ = std::move(ordered);  // if memory runs out, nothing has changed
}

}  // namespace batchproof::inline v0_1::detail
