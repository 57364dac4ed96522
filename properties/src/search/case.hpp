#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <string>
#include <utility>

namespace batchproof::properties {

/// A batch, and the bytes that the subject receives.
struct Case {
  explicit Case(fixtures::BatchCase whole) : batch(std::move(whole)), payload(batch.payload()) {}

  /// A damaged payload, and the records of it that can still be told.
  Case(fixtures::BatchCase readable, std::string bytes)
      : batch(std::move(readable)), payload(std::move(bytes)), is_damaged(true) {}

  fixtures::BatchCase batch;
  std::string payload;
  bool is_damaged = false;
};

}  // namespace batchproof::properties
