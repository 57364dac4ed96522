#include "group_names.hpp"

namespace batchproof::generators {

GroupNames::GroupNames(TextDraws& text, const char* prefix, bool same, Alphabet alphabet) : prefix_(prefix) {
  if (!text.plain) {
    prefix_ += std::to_string(text.draws.below(1000));
    if (!same && !text.draws.one_in(8)) near_ = NearNames(text, alphabet, prefix_);
    prefix_ += '-';
  }
  constexpr std::size_t most_suffixes = 5;
  for (std::size_t count = same ? 1 : most_suffixes; count > 0; --count) {
    suffixes_.push_back(draw_suffix(text, alphabet));
  }
}

std::string GroupNames::name(std::size_t group) const {
  if (!near_.empty() && group < NearNames::count) return near_.name(group);
  std::string name = prefix_ + std::to_string(group);
  return name += suffixes_[group % suffixes_.size()];
}

}  // namespace batchproof::generators
