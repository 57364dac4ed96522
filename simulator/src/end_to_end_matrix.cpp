#include <algorithm>
#include <batchproof/simulator/end_to_end_matrix.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <utility>

namespace batchproof::simulator {
namespace {

using fixtures::BrokenProcessor;

constexpr KnownCatch catches[] = {
    {"nothing-vanishes", "loses_last_failure"},
    {"nothing-vanishes", "reports_only_last_failure"},
    {"nothing-vanishes", "notes_no_failure"},
    {"nothing-vanishes", "fifo_forgets_unhandled"},
    {"nothing-vanishes", "skip_group_forgets_skipped"},
    {"nothing-vanishes", "group_failure_forgets_failed_record"},
    {"nothing-vanishes", "answers_like_http"},
    {"nothing-vanishes", "awaits_nothing"},
    {"nothing-vanishes", "second_half_wipes_the_first"},
    {"nothing-vanishes", "reports_a_checkpoint_to_a_pipe"},
    {"nothing-skipped", "forgets_to_return_failures"},
    {"nothing-skipped", "answers_nothing_when_all_failed"},
    {"nothing-skipped", "answers_an_empty_list"},
    {"nothing-skipped", "trusts_what_is_no_exception"},
    {"nothing-skipped", "lowest_in_text_order"},
    {"nothing-skipped", "lowest_as_64_bits"},
    {"nothing-skipped", "lowest_as_double"},
    {"nothing-skipped", "last_failure_as_checkpoint"},
    {"nothing-skipped", "writes_failures_over"},
    {"nothing-skipped", "first_to_fail_as_checkpoint"},
    {"group-order", "fifo_continues_after_failure"},
    {"group-order", "fifo_stops_one_message_only"},
    {"group-order", "fifo_stops_at_first_message_only"},
    {"group-order", "skip_group_ignored"},
    {"group-order", "skip_group_keeps_one_group"},
    {"group-order", "skip_group_ends_at_a_success"},
    {"group-order", "shares_queue_between_workers"},
    {"key-order", "handles_last_first"},
    {"key-order", "claims_to_stop"},
    {"poison-is-isolated", "keeps_failures"},
    {"needed-redelivery", "reports_successes"},
    {"needed-redelivery", "raises_once_one_failed"},
    {"needed-redelivery", "lets_what_is_no_exception_escape"},
    {"needed-redelivery", "skip_group_stops_other_groups"},
    {"needed-redelivery", "last_success_as_checkpoint"},
    {"needed-redelivery", "counts_on_from_the_last_success"},
    {"needed-redelivery", "stops_at_what_is_no_exception"},
    {"needed-redelivery", "stops_at_logic_error"},
    {"needed-redelivery", "lets_failure_hook_throw"},
    {"needed-redelivery", "keeps_failures"},
    {"needed-redelivery", "keeps_failed_groups"},
    {"needed-redelivery", "stays_stopped"},
    {"needed-redelivery", "refuses_what_failed_before"},
    {"needed-redelivery", "gives_up_when_most_failed"},
    {"needed-redelivery", "handles_the_first_alone"},
    {"needed-redelivery", "wrong_key_name"},
    {"needed-redelivery", "answers_nothing_when_all_is_well"},
    {"needed-redelivery", "answers_with_empty_identifier"},
    {"needed-redelivery", "writes_numbers"},
    {"needed-redelivery", "reports_changed_identifiers"},
    {"needed-redelivery", "raises_against_its_claim"},
    {"needed-redelivery", "reports_sequence_numbers_to_a_pipe"},
    {"bounded-redelivery", "handles_twice"},
    {"comes-to-rest", "keeps_failures"},
    {"counted-once", "folds_the_failed_record"},
    {"counted-once", "keeps_the_state_in_memory"},
    {"counted-once", "ignores_the_last_invocation"},
    {"counted-once", "counts_again_after_a_retry"},
};

/// A new processor of this name, since some keep state from batch to batch.
BrokenProcessor made_again(std::string_view name) {
  auto all = fixtures::make_broken_processors();
  return *std::find_if(all.begin(), all.end(), [&](const BrokenProcessor& one) { return one.name == name; });
}

/// True when the law applies to some worlds around this processor.
bool may_judge(const EndToEndLaw& law, const BrokenProcessor& broken) {
  return law.applies({.source = broken.source, .stream = {.bisect_on_error = true}, .claims = broken.claims});
}

/// A trial without the search for the smallest world.
EndToEndTrial first_catch(const EndToEndLaw& law, const BrokenProcessor& broken, std::size_t worlds,
                          std::uint64_t seed) {
  EndToEndTrial trial{.law = law.id};
  while (!trial.caught && trial.worlds < worlds) {
    World world = random_world(broken.source, seed + trial.worlds);
    world.claims = broken.claims;
    trial.worlds += 1;
    trial.caught =
        law.applies(world) && !law.violations(run_world(made_again(broken.name).subject, world)).empty();
  }
  return trial;
}

EndToEndTrials all_trials_of(BrokenProcessor broken, std::size_t worlds, std::uint64_t seed) {
  EndToEndTrials trials{.fault = std::move(broken), .each_law = {}};
  for (const EndToEndLaw& law : end_to_end_laws()) {
    if (!may_judge(law, trials.fault)) continue;
    trials.each_law.push_back(is_known_to_catch(law.id, trials.fault.name)
                                  ? try_law({law.id, trials.fault.name}, worlds, seed)
                                  : first_catch(law, trials.fault, worlds, seed));
  }
  return trials;
}

/// Each name once, in the order of the table.
std::vector<std::string> caught_processors() {
  std::vector<std::string> names;
  for (const KnownCatch& known : known_catches()) {
    if (std::find(names.begin(), names.end(), known.processor) == names.end())
      names.emplace_back(known.processor);
  }
  return names;
}

}  // namespace

std::span<const KnownCatch> known_catches() noexcept { return catches; }

bool is_known_to_catch(std::string_view law, std::string_view processor) noexcept {
  return std::any_of(std::begin(catches), std::end(catches), [&](const KnownCatch& known) {
    return known.law == law && known.processor == processor;
  });
}

bool is_caught_by(std::string_view law, const EndToEndTrials& trials) noexcept {
  return std::any_of(trials.each_law.begin(), trials.each_law.end(),
                     [&](const EndToEndTrial& trial) { return trial.law == law && trial.caught; });
}

EndToEndTrial try_law(const KnownCatch& known, std::size_t worlds, std::uint64_t seed) {
  const BrokenProcessor broken = made_again(known.processor);
  const auto report =
      simulate_random_worlds([&] { return made_again(broken.name).subject; }, broken.source, broken.claims,
                             {.worlds = worlds, .seed = seed, .law = known.law, .shard = fixtures::Shard()});
  EndToEndTrial trial{.law = known.law, .caught = !report.passed(), .worlds = report.worlds()};
  if (const auto* const found = report.counterexample()) trial.messages = found->smallest.messages;
  return trial;
}

std::vector<EndToEndTrials> end_to_end_matrix(std::size_t worlds, std::uint64_t seed,
                                              const EndToEndProgress& progress,
                                              const fixtures::Shard& shard) {
  const std::vector<std::string> names = caught_processors();
  const std::size_t own = shard.part_of(names.size());
  std::vector<EndToEndTrials> matrix;
  for (std::size_t nth = 0; nth < own; ++nth) {
    const std::string& name = names[shard.number(nth)];
    if (progress) progress(nth + 1, own, name);
    matrix.push_back(all_trials_of(made_again(name), worlds, seed));
  }
  return matrix;
}

std::vector<std::string> gaps_in(const std::vector<EndToEndTrials>& matrix, const fixtures::Shard& shard) {
  std::vector<std::string> gaps;
  const auto is_tried = [&](std::string_view processor) {
    return std::any_of(matrix.begin(), matrix.end(),
                       [&](const EndToEndTrials& trials) { return trials.fault.name == processor; });
  };
  for (const KnownCatch& known : known_catches()) {
    if (!shard.is_whole() && !is_tried(known.processor)) continue;
    const auto is_caught = [&](const EndToEndTrials& trials) {
      return trials.fault.name == known.processor && is_caught_by(known.law, trials);
    };
    if (!std::any_of(matrix.begin(), matrix.end(), is_caught))
      gaps.push_back(std::string(known.processor) + " is not caught by " + std::string(known.law));
  }
  if (!shard.is_whole()) return gaps;
  for (const EndToEndLaw& law : end_to_end_laws()) {
    const auto is_caught = [&](const EndToEndTrials& trials) { return is_caught_by(law.id, trials); };
    if (!std::any_of(matrix.begin(), matrix.end(), is_caught))
      gaps.push_back(std::string(law.id) + " catches nothing");
  }
  return gaps;
}

}  // namespace batchproof::simulator
