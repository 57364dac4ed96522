#pragma once

#include <rapidcheck/Gen.h>
#include <rapidcheck/Random.h>
#include <vector>

namespace batchproof::generators {

/// How many values a test of a distribution draws.
inline constexpr int cases = 1000;

/// So many values of a generator at RapidCheck's usual sizes, the same in every run.
template <class Value>
std::vector<Value> drawn(const rc::Gen<Value>& generator, int count) {
  constexpr int sizes = 101;
  rc::Random random(20260101);
  std::vector<Value> values;
  for (int index = 0; index < count; ++index)
    values.push_back(generator(random.split(), index % sizes).value());
  return values;
}

}  // namespace batchproof::generators
