#pragma once

// Random cases, by number.

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/payloads.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "case.hpp"

namespace batchproof::properties {

/// Draws the case of this number; the same number gives the same case. Nothing when the generator gave up.
/// Not thread-safe.
using DrawCase = std::function<std::optional<Case>(std::size_t number)>;

/// A case with the recognisable records of a damaged payload. The number decides which of them are rejected:
/// none, all, every other, ...
Case readable_case(std::string payload, fixtures::Source source, std::size_t number);

/// Batches as AWS sends them, or also hostile ones; most have up to 12 records. The first thousand of each
/// ten thousand numbers also have larger ones, up to 10,000 records if the source and `largest_batch` allow
/// that, and payloads of 32 to 1,024 KB. `odd_fields` as in `generators::BatchOptions`.
DrawCase draw_batches(fixtures::Source source, std::optional<std::size_t> largest_batch, std::uint64_t seed,
                      bool hostile, bool odd_fields = false);
DrawCase draw_damaged_payloads(fixtures::Source source, std::uint64_t seed);

/// Each event of `fixtures::foreign_events` once, with the first even numbers; no case with any other.
DrawCase draw_foreign_events(fixtures::Source source);

/// Damaged cases for a handler of these payloads: batches of them, and whole events, alternating.
DrawCase draw_hostile_cases(fixtures::Source source, const Payloads& payloads, std::uint64_t seed);

/// The same as bytes alone, and only JSON: for subjects that are observed from outside.
DrawCase draw_hostile_json(fixtures::Source source, const Payloads& payloads, std::uint64_t seed);

/// Batches of these payloads, each rejected or not by the list that it is from. `smallest_batch` must not be
/// above the largest.
DrawCase draw_payload_batches(fixtures::Source source, const Payloads& payloads, std::size_t smallest_batch,
                              std::optional<std::size_t> largest_batch, std::uint64_t seed, bool hostile);

/// Small batches of accepted payloads and their near misses, each near miss in turn. The verdicts of near
/// misses are unknown unless `classify` gives them. Empty when no accepted payload has a field, or batches
/// have no records.
DrawCase draw_near_misses(fixtures::Source source, const Payloads& payloads,
                          std::optional<std::size_t> largest_batch, std::uint64_t seed);

}  // namespace batchproof::properties
