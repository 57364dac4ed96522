#pragma once

#include <rapidcheck/Random.h>
#include <batchproof/fixtures/hash.hpp>
#include <cstddef>
#include <cstdint>

namespace batchproof::generators {

using fixtures::mixed_bits;

/// A stream of random choices. The generators draw from it rather than from `rc::gen`: a batch takes hundreds
/// of choices, which combinators would make some fifty times slower, and `rc::gen::inRange` narrows its range
/// with RapidCheck's size, so that early cases would all be alike. The same random state gives the same
/// stream everywhere.
class Draws {
 public:
  explicit Draws(const rc::Random& random) : state_(rc::Random(random).next()) {}

  /// Uniform from 0 up to, but not including, `bound`, which must not be 0.
  std::size_t below(std::size_t bound) noexcept {  // a product takes a tenth of the time of a remainder
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>(Wide{next()} * bound >> 64U);
  }

  /// Uniform, both ends included.
  std::size_t between(std::size_t lowest, std::size_t highest) noexcept {
    return lowest + below(highest - lowest + 1);
  }

  /// True once in `count` draws on average.
  bool one_in(std::size_t count) noexcept { return below(count) == 0; }

  /// A random element of an array or vector, which must not be empty.
  template <class Values>
  const typename Values::value_type& element(const Values& values) noexcept {
    return values[below(values.size())];
  }

  /// Any number.
  std::uint64_t next() noexcept {  // splitmix64
    state_ += 0x9E3779B97F4A7C15U;
    return mixed_bits(state_);
  }

 private:
  std::uint64_t state_;
};

}  // namespace batchproof::generators
