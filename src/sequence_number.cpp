#include <algorithm>
#include <batchproof/processed_batch.hpp>

namespace batchproof::inline v0_1::detail {
namespace {

std::string_view without_leading_zeros(std::string_view number) noexcept {
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

}  // namespace

bool sequence_number_less(std::string_view left, std::string_view right) noexcept {
  left = without_leading_zeros(left);
  right = without_leading_zeros(right);
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace batchproof::inline v0_1::detail
