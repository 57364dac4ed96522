#pragma once

// Draws from a generator by number: the same seed and number give the same value in every run.

#include <rapidcheck.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "case.hpp"

namespace batchproof::properties {

/// The kinds of input are drawn from separate streams.
enum class Stream : std::uint64_t {
  batches,
  damaged_payloads,
  payload_batches,
  hostile_batches,
  near_misses
};

/// Nothing when the generator gave up. RapidCheck's size is as RapidCheck chooses it: the first cases are
/// small.
template <class Value>
std::optional<Value> draw(const rc::Gen<Value>& generator, std::uint64_t seed, Stream stream,
                          std::size_t number) {
  const rc::Random random(
      rc::Random::Key{seed, static_cast<std::uint64_t>(stream), static_cast<std::uint64_t>(number), 0});
  const int size = static_cast<int>(number % (rc::kNominalSize + 1));
  try {
    return generator(random, size).value();
  } catch (const rc::GenerationFailure&) {
    return std::nullopt;
  }
}

inline std::optional<Case> as_case(std::optional<fixtures::BatchCase> batch) {
  return batch ? std::optional(Case(std::move(*batch))) : std::nullopt;
}

}  // namespace batchproof::properties
