#include <algorithm>
#include <batchproof/effects/effect_world.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/random.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::effects {

std::string to_json(const EffectWorld& world) {
  auto json = fixtures::parse_ordered_json(simulator::to_json(world.world));
  json["effects"] = {{"overlap_rate", world.faults.overlap_rate},
                     {"slow_rate", world.faults.slow_rate},
                     {"store_failure_rate", world.faults.store_failure_rate},
                     {"store_lost_answer_rate", world.faults.store_lost_answer_rate},
                     {"clock_skew_ms", world.faults.clock_skew.count()}};
  return fixtures::to_text(json);
}

EffectWorld random_effect_world(fixtures::Source source, std::uint64_t seed, std::size_t most_messages,
                                std::chrono::milliseconds longest_claim) {
  EffectWorld world{.world = simulator::random_world(source, seed, most_messages)};
  simulator::Random random(~seed);
  const auto rate_or_none = [&random](double rate) { return random.below(2) == 0 ? rate : 0; };
  simulator::World& outside = world.world;
  outside.faults.poison = 0;
  outside.faults.crash_rate = rate_or_none(0.2);
  outside.faults.timeout_rate = rate_or_none(0.1);
  outside.faults.heal_after = std::chrono::minutes(5);
  outside.queue.max_receive_count.reset();
  // A batch that always times out is never processed, whatever its guard does.
  outside.handler_time =
      std::min(*outside.handler_time, outside.function_timeout / static_cast<int>(*outside.batch_size));
  const std::chrono::milliseconds longest = fixtures::info_of(source).retention.longest;
  const auto claim = std::chrono::ceil<std::chrono::seconds>(std::min(longest_claim, longest));
  outside.queue.retention = std::min<std::chrono::milliseconds>(claim + std::chrono::minutes(30), longest);
  outside.stream.maximum_retry_attempts = -1;
  outside.stream.maximum_record_age.reset();
  world.faults = {.overlap_rate = rate_or_none(0.4),
                  .slow_rate = rate_or_none(0.3),
                  .store_failure_rate = rate_or_none(0.2),
                  .store_lost_answer_rate = rate_or_none(0.2),
                  .clock_skew = std::chrono::seconds(random.below(6))};
  return world;
}

}  // namespace batchproof::effects
