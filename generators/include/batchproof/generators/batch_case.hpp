#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>

namespace batchproof::generators {

/// What is valid in a generated batch.
struct BatchOptions {
  std::size_t largest_batch = 12;  ///< records; the smallest and the largest number come often
  std::size_t smallest_batch = 0;  ///< records; not above `largest_batch`
};

/// Batches of a source as AWS sends them, each with a failure pattern: none, all, the first, the last, one,
/// several scattered, a run, a whole message group, alternating. Valid by construction; identifiers do
/// not depend on chance, so that shrinking cannot make them collide. Each is unique, but for a message of a
/// standard queue that is delivered twice in one batch.
rc::Gen<fixtures::BatchCase> batch_case(fixtures::Source source, const BatchOptions& options = {});

}  // namespace batchproof::generators
