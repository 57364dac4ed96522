#include "draws.hpp"

#include <algorithm>
#include <utility>

namespace batchproof::properties {
namespace {

/// How many records a small case has at most.
std::size_t most_small_records(const Settings& settings, std::optional<std::size_t> largest_batch) {
  return std::min(settings.small_records, largest_batch.value_or(settings.small_records));
}

/// Batches with these payloads, which may replace those of a counterexample.
Draws draws_for_payloads(fixtures::Source source, const Payloads& payloads, std::size_t smallest_batch,
                         std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile) {
  Draws draws;
  draws.batch = draw_payload_batches(source, payloads, smallest_batch, largest_batch, settings.seed, hostile);
  draws.choices = std::make_shared<const PayloadChoices>(choices_of(payloads, settings.seed));
  if (hostile) draws.in_child = draw_hostile_cases(source, payloads, settings.seed);
  if (settings.small_cases_budget.count() > 0)
    draws.small = std::make_shared<SmallCases>(source, most_small_records(settings, largest_batch), hostile,
                                               payloads, settings.seed);
  return draws;
}

}  // namespace

std::shared_ptr<const PayloadChoices> choices_of_observed(const Payloads& payloads, std::uint64_t seed) {
  PayloadChoices choices = choices_of(payloads, seed);
  choices.unknown_verdicts_may_change = false;
  return std::make_shared<const PayloadChoices>(std::move(choices));
}

Draws draws_for_processor(fixtures::Source source, std::optional<std::size_t> largest_batch,
                          const Settings& settings, bool hostile, bool odd_fields) {
  Draws draws{.batch = draw_batches(source, largest_batch, settings.seed, hostile, odd_fields)};
  if (hostile) draws.damaged = draw_damaged_payloads(source, settings.seed);
  if (hostile) draws.foreign = draw_foreign_events(source);
  if (settings.small_cases_budget.count() > 0)
    draws.small = std::make_shared<SmallCases>(source, most_small_records(settings, largest_batch), hostile);
  return draws;
}

Draws draws_for_handler(fixtures::Source source, const Payloads& payloads,
                        std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile) {
  Draws draws = draws_for_payloads(source, payloads, 0, largest_batch, settings, hostile);
  draws.near_miss = draw_near_misses(source, payloads, largest_batch, settings.seed);
  return draws;
}

Draws draws_for_observed(fixtures::Source source, const Payloads& payloads,
                         std::optional<std::size_t> largest_batch, const Settings& settings, bool hostile) {
  Draws draws = draws_for_payloads(source, payloads, hostile ? 0 : 1, largest_batch, settings, hostile);
  draws.choices = choices_of_observed(payloads, settings.seed);
  if (draws.small && !hostile) draws.small->leave_out_empty();
  if (hostile) draws.damaged = draw_hostile_json(source, payloads, settings.seed);
  draws.near_miss = draw_near_misses(source, payloads, largest_batch, settings.seed);
  return draws;
}

}  // namespace batchproof::properties
