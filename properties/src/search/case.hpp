#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/properties/evidence.hpp>
#include <string>
#include <utility>

namespace batchproof::properties {

/// A batch, and the bytes that the subject receives.
struct Case {
  explicit Case(fixtures::BatchCase whole) : batch(std::move(whole)), payload(batch.payload()) {}

  /// A damaged payload, and its recognisable records; or else an event of these records in its own words.
  Case(fixtures::BatchCase recognised, std::string bytes, bool damaged = true)
      : batch(std::move(recognised)), payload(std::move(bytes)), is_damaged(damaged) {}

  fixtures::BatchCase batch;
  std::string payload;
  bool is_damaged = false;
  TurnOrder schedule{};      ///< of a subject whose handlers take turns
  MaybeReadable readable{};  ///< of the payload, if it was read already
};

}  // namespace batchproof::properties
