#include "draws.hpp"

namespace batchproof::properties {

Draws draws_for_processor(fixtures::Source source, std::optional<std::size_t> largest_batch,
                          const Settings& settings, bool hostile) {
  Draws draws{.batch = draw_batches(source, largest_batch, settings.seed, hostile)};
  draws.in_child = draws.batch;
  if (hostile) {
    draws.damaged = draw_damaged_payloads(source, settings.seed);
    draws.in_child = [batch = draws.batch, damaged = draws.damaged](std::size_t number) {
      return number % 2 == 0 ? batch(number) : damaged(number);
    };
  }
  if (settings.small_cases_budget.count() > 0)
    draws.small = std::make_shared<SmallCases>(source, settings.small_records, hostile);
  return draws;
}

Draws draws_for_handler(fixtures::Source source, const std::vector<std::string>& accepted,
                        const std::vector<std::string>& rejected, std::optional<std::size_t> largest_batch,
                        const Settings& settings, bool hostile) {
  Draws draws{.batch = draw_payload_batches(source, accepted, rejected, largest_batch, settings.seed, hostile)};
  draws.in_child =
      hostile ? draw_hostile_cases(source, accepted, rejected, largest_batch, settings.seed) : draws.batch;
  if (settings.small_cases_budget.count() > 0)
    draws.small = std::make_shared<SmallCases>(source, settings.small_records, hostile, accepted, rejected);
  return draws;
}

}  // namespace batchproof::properties
