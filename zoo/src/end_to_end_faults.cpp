#include <algorithm>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <batchproof/zoo/end_to_end_faults.hpp>
#include <string>
#include <string_view>

namespace batchproof::zoo {
namespace {

using simulator::end_to_end_laws;
using simulator::EndToEndLaw;
using simulator::RandomWorlds;
using simulator::World;

struct KnownCatches {
  std::string_view law;
  std::vector<std::string_view> processors;
};

const std::vector<KnownCatches>& known_catches() {
  static const std::vector<KnownCatches> known{
      {"nothing-vanishes",
       {"loses_last_failure", "reports_only_last_failure", "notes_no_failure", "fifo_forgets_unhandled",
        "skip_group_forgets_skipped", "group_failure_forgets_failed_record", "answers_like_http",
        "awaits_nothing", "second_half_wipes_the_first", "reports_a_checkpoint_to_a_pipe"}},
      {"nothing-skipped",
       {"forgets_to_return_failures", "answers_nothing_when_all_failed", "answers_an_empty_list",
        "trusts_what_is_no_exception", "lowest_in_text_order", "lowest_as_64_bits", "lowest_as_double",
        "last_failure_as_checkpoint", "writes_failures_over", "first_to_fail_as_checkpoint"}},
      {"group-order",
       {"fifo_continues_after_failure", "fifo_stops_one_message_only", "fifo_stops_at_first_message_only",
        "skip_group_ignored", "skip_group_keeps_one_group", "skip_group_ends_at_a_success",
        "shares_queue_between_workers"}},
      {"key-order", {"handles_last_first", "claims_to_stop"}},
      {"poison-is-isolated", {"keeps_failures"}},
      {"needed-redelivery",
       {"reports_successes",
        "raises_once_one_failed",
        "lets_what_is_no_exception_escape",
        "skip_group_stops_other_groups",
        "last_success_as_checkpoint",
        "counts_on_from_the_last_success",
        "stops_at_what_is_no_exception",
        "stops_at_logic_error",
        "lets_failure_hook_throw",
        "keeps_failures",
        "keeps_failed_groups",
        "stays_stopped",
        "refuses_what_failed_before",
        "gives_up_when_most_failed",
        "handles_the_first_alone",
        "wrong_key_name",
        "answers_nothing_when_all_is_well",
        "answers_with_empty_identifier",
        "writes_numbers",
        "reports_changed_identifiers",
        "raises_against_its_claim",
        "reports_sequence_numbers_to_a_pipe"}},
      {"bounded-redelivery", {"handles_twice"}},
      {"comes-to-rest", {"keeps_failures"}},
      {"counted-once",
       {"folds_the_failed_record", "keeps_the_state_in_memory", "ignores_the_last_invocation",
        "counts_again_after_a_retry"}},
  };
  return known;
}

LawTrial try_in_worlds(const Fault& fault, std::string_view law, int cases, std::uint64_t seed) {
  const bool must_catch =
      std::find(fault.own_laws.begin(), fault.own_laws.end(), law) != fault.own_laws.end();
  const auto make = [&] { return make_broken_processor(fault.name); };
  RandomWorlds worlds{
      .worlds = static_cast<std::size_t>(cases), .seed = seed, .law = law, .shard = fixtures::Shard()};
  if (!must_catch) worlds.smaller.seeds = 0;
  const auto report =
      simulate_random_worlds([&] { return make().subject; }, fault.source, make().claims, worlds);
  LawTrial trial{.law = std::string(law),
                 .seed = seed,
                 .caught = !report.passed(),
                 .cases = static_cast<int>(report.worlds())};
  const auto* const found = report.counterexample();
  if (found == nullptr || !must_catch) return trial;
  trial.size = found->smallest.messages;
  trial.smallest_case = to_json(found->smallest);
  trial.violations = found->violations;
  return trial;
}

Fault fault_in_worlds(const BrokenProcessor& broken) {
  Fault fault{.name = broken.name, .sentence = broken.fault, .own_laws = {}, .source = broken.source};
  const World any{.source = broken.source, .stream = {.bisect_on_error = true}, .claims = broken.claims};
  for (const EndToEndLaw& law : end_to_end_laws()) {
    if (law.applies(any)) fault.laws.emplace_back(law.id);
  }
  return fault;
}

}  // namespace

std::vector<Fault> end_to_end_faults() {
  std::vector<Fault> faults;
  for (const auto& [law, processors] : known_catches()) {
    for (const std::string_view name : processors) {
      auto fault =
          std::find_if(faults.begin(), faults.end(), [&](const Fault& each) { return each.name == name; });
      if (fault == faults.end()) fault = faults.insert(fault, fault_in_worlds(make_broken_processor(name)));
      fault->own_laws.emplace_back(law);
    }
  }
  for (Fault& fault : faults) {
    fault.run = [own = fault](std::string_view law, int cases, std::uint64_t seed) {
      return try_in_worlds(own, law, cases, seed);
    };
  }
  return faults;
}

}  // namespace batchproof::zoo
