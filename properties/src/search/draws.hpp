#pragma once

// Which kinds of case each stage of a verification draws: AWS's own, and hostile ones where they are asked
// for.

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/settings.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "random_cases.hpp"
#include "shrink_values.hpp"
#include "small_cases.hpp"

namespace batchproof::properties {

/// The cases of one source.
struct Draws {
  DrawCase batch;                       ///< random batches
  DrawCase damaged{};                   ///< damaged events; empty where none are wanted
  DrawCase near_miss{};                 ///< near misses of payloads; empty where there are none
  DrawCase in_child{};                  ///< what only a child process meets; empty where there is nothing
  std::shared_ptr<SmallCases> small{};  ///< null where none are wanted
  std::shared_ptr<const PayloadChoices> choices{};  ///< for payloads that shrink; null where any would do
};

/// Hostile: batches that AWS would not send too, messages that come twice in one batch, damaged events, and
/// messages of a FIFO queue without a group among the small cases.
Draws draws_for_processor(fixtures::Source source, std::optional<std::size_t> largest_batch,
                          const Settings& settings, bool hostile);

/// Batches that carry these payloads. Hostile: as above and, in a child process, the payloads damaged.
Draws draws_for_payloads(fixtures::Source source, const Payloads& payloads,
                         std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile);

/// The same for a handler: with near misses of the accepted payloads too, and with payloads that a
/// counterexample may have in place of those drawn.
Draws draws_for_handler(fixtures::Source source, const Payloads& payloads,
                        std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile);

/// The same for what is seen from outside. Hostile: damaged events and payloads that are JSON, here.
Draws draws_for_observed(fixtures::Source source, const Payloads& payloads,
                         std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile);

}  // namespace batchproof::properties
