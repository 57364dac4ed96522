#include "sequence_numbers.hpp"

#include <batchproof/fixtures/decimal.hpp>

namespace batchproof::generators {
namespace {

/// The steps add up to less than ten thousand times their width.
constexpr std::size_t room_for_steps = 4;

/// A random number of this many digits.
std::string draw_number(Draws& draws, std::size_t digits) {
  std::string number;
  for (std::size_t place = 0; place < digits; ++place) number += static_cast<char>('0' + draws.below(10));
  if (number[0] == '0') number[0] = '1';
  return number;
}

/// A number slightly below a power of ten, so that `distance` steps are likely to cross it.
std::string draw_number_below_power(Draws& draws, std::size_t digits, std::size_t distance) {
  std::string number(digits, '9');
  std::size_t missing = draws.below(distance);
  for (std::size_t place = digits; place-- > 0 && missing != 0; missing /= 10) {
    number[place] = static_cast<char>('9' - missing % 10);
  }
  if (number[0] == '0') number[0] = '1';
  return number;
}

}  // namespace

std::vector<std::string> draw_sequence_numbers(Draws& draws, std::size_t count, fixtures::Digits allowed,
                                               bool short_ones) {
  std::vector<std::string> numbers;
  numbers.reserve(count);
  const std::size_t longest_first = allowed.most - room_for_steps;
  const std::size_t digits = draws.between(allowed.fewest, longest_first);
  const std::size_t widest_step = draws.one_in(2) ? 3 : 60;
  std::string number = !short_ones || draws.one_in(4)
                           ? draw_number(draws, digits)
                           : draw_number_below_power(draws, digits, count * widest_step / 2 + 1);
  for (std::size_t index = 0; index < count; ++index) {
    numbers.push_back(number);
    const bool leap = number.size() < longest_first && draws.one_in(6);
    if (leap && short_ones) number += '0';
    if (leap && !short_ones) number = '1' + draw_number(draws, number.size());
    fixtures::add_to_decimal(number, draws.between(1, widest_step));
  }
  return numbers;
}

}  // namespace batchproof::generators
