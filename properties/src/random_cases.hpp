#pragma once

// Random cases, by number. What draws them stays behind this file.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// A batch and the bytes that are left of its payload.
struct DamagedCase {
  fixtures::BatchCase batch_case;
  std::string payload;
};

/// Draws the case of this number; the same number gives the same case. Nothing when the generator gave up.
/// Not thread-safe.
using DrawBatch = std::function<std::optional<fixtures::BatchCase>(int number)>;
using DrawDamaged = std::function<std::optional<DamagedCase>(int number)>;

DrawBatch draw_batches(fixtures::Source source, std::size_t largest_batch, std::uint64_t seed);
DrawDamaged draw_damaged_payloads(fixtures::Source source, std::uint64_t seed);

/// What a handler may meet that has these payloads: batches of them, batches of damaged payloads, and damaged
/// events, in turn.
DrawDamaged draw_hostile_cases(fixtures::Source source, const std::vector<std::string>& accepted,
                               const std::vector<std::string>& rejected, std::uint64_t seed);

/// Batches of these payloads, each rejected or not by the list that it is from.
DrawBatch draw_payload_batches(fixtures::Source source, const std::vector<std::string>& accepted,
                               const std::vector<std::string>& rejected, std::uint64_t seed);

}  // namespace batchproof::properties
