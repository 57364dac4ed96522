#pragma once

// Random cases, by number. What draws them stays behind this file.

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/payloads.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "case.hpp"

namespace batchproof::properties {

/// Draws the case of this number; the same number gives the same case. Nothing when the generator gave up.
/// Not thread-safe.
using DrawCase = std::function<std::optional<Case>(std::size_t number)>;

/// A case of the records of a damaged payload that can still be told. Which of them are rejected changes with
/// the number: none, all, every other, ...
Case readable_case(std::string payload, fixtures::Source source, std::size_t number);

/// Batches as AWS sends them, or hostile ones too: most of up to 12 records. The first thousand numbers, and
/// every tenth thousand after it, hold larger ones too, up to 10,000 where the source and `largest_batch`
/// allow that, and payloads of 32 to 1,024 KB.
DrawCase draw_batches(fixtures::Source source, std::optional<std::size_t> largest_batch, std::uint64_t seed,
                      bool hostile);
DrawCase draw_damaged_payloads(fixtures::Source source, std::uint64_t seed);

/// Damaged cases for a handler of these payloads: batches of them, and whole events, in turn.
DrawCase draw_hostile_cases(fixtures::Source source, const Payloads& payloads, std::uint64_t seed);

/// The same as bytes alone, without those that are no JSON: for what is seen from outside.
DrawCase draw_hostile_json(fixtures::Source source, const Payloads& payloads, std::uint64_t seed);

/// Batches of these payloads, each rejected or not by the list that it is from.
DrawCase draw_payload_batches(fixtures::Source source, const Payloads& payloads,
                              std::optional<std::size_t> largest_batch, std::uint64_t seed, bool hostile);

/// Small batches of accepted payloads and near misses of them, each near miss in turn; of unknown verdicts
/// unless `classify` gives them. Empty where no accepted payload is a JSON object.
DrawCase draw_near_misses(fixtures::Source source, const Payloads& payloads, std::uint64_t seed);

}  // namespace batchproof::properties
