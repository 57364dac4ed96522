#include "sequence_numbers.hpp"

#include <algorithm>

namespace batchproof::generators {
namespace {

constexpr std::size_t most_digits = 60;

void add(std::string& number, std::size_t step) {
  for (std::size_t place = number.size(); step != 0; step /= 10) {
    if (place == 0) {
      number.insert(number.begin(), '0');
      ++place;
    }
    step += static_cast<std::size_t>(number[--place] - '0');
    number[place] = static_cast<char>('0' + step % 10);
  }
}

/// A number just below a power of ten, so that the next few cross it; or any number at all.
std::string draw_first(Draws& draws, std::size_t count) {
  const std::size_t longest = count > 1000 ? 40 : most_digits - 4;  // leaves room for what the steps add up to
  const std::size_t digits = draws.between(1, longest);
  const bool crosses = draws.one_in(2);
  const std::size_t free_digits = count > 100 ? 4 : 2;
  std::string number;
  for (std::size_t place = 0; place < digits; ++place) {
    const bool free = !crosses || place + free_digits >= digits;
    number += free ? static_cast<char>('0' + draws.below(10)) : '9';
  }
  if (number[0] == '0') number[0] = '9';
  return number;
}

}  // namespace

std::vector<std::string> draw_sequence_numbers(Draws& draws, std::size_t count) {
  std::vector<std::string> numbers;
  numbers.reserve(count);
  std::string number = draw_first(draws, count);
  const std::size_t widest_step = draws.one_in(2) ? 3 : 60;
  for (std::size_t index = 0; index < count; ++index) {
    numbers.push_back(number);
    const bool leap = number.size() + 4 < most_digits && draws.one_in(12);
    if (leap) number += '0';
    add(number, draws.between(1, widest_step));
  }
  return numbers;
}

}  // namespace batchproof::generators
