#pragma once

// Decides which kinds of cases each stage of a verification draws: those that AWS sends, and hostile ones on
// request.

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/settings.hpp>
#include <cstddef>
#include <memory>
#include <optional>

#include "random_cases.hpp"
#include "shrink_payloads.hpp"
#include "small_cases.hpp"

namespace batchproof::properties {

/// The cases of one source.
struct Draws {
  DrawCase batch;                       ///< random batches
  DrawCase damaged{};                   ///< damaged events; empty when none are wanted
  DrawCase foreign{};                   ///< events of other services; empty when none are wanted
  DrawCase near_miss{};                 ///< near misses of payloads; empty when there are none
  DrawCase in_child{};                  ///< cases only for a child process; empty when there are none
  std::shared_ptr<SmallCases> small{};  ///< null when none are wanted
  std::shared_ptr<const PayloadChoices> choices{};  ///< for payloads that shrink; null when any payload fits
};

/// Draws for a processor. Hostile: also batches that AWS would not send, messages twice in one batch, damaged
/// events, events of other services, and messages of a FIFO queue without a group among the small cases.
Draws draws_for_processor(fixtures::Source source, std::optional<std::size_t> largest_batch,
                          const Settings& settings, bool hostile, bool odd_fields);

/// Draws for a handler of these payloads: batches of them, near misses of the accepted ones, and the payloads
/// that may replace those of a counterexample. Hostile: as above and, in a child process, damaged payloads.
Draws draws_for_handler(fixtures::Source source, const Payloads& payloads,
                        std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile);

/// The same for subjects that are observed from outside. Hostile: also damaged events and payloads in this
/// process, only JSON, and batches without records, which AWS does not send.
Draws draws_for_observed(fixtures::Source source, const Payloads& payloads,
                         std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile);

/// The payloads that may replace those of a counterexample of such a subject. The verdicts of near misses are
/// learned before a case is judged, so these payloads stay.
std::shared_ptr<const PayloadChoices> choices_of_observed(const Payloads& payloads, std::uint64_t seed);

}  // namespace batchproof::properties
