#pragma once

// The executions of a function in a world of effects. The world may end an execution at each of its steps.
//
//     Execution execution(run, virtual_time, number, starts[number], &probe);
//     std::string response = subject(payload, EffectProbe(execution));

#include <batchproof/clock.hpp>
#include <batchproof/effects/finished_effect_world.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/idempotency/store.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "virtual_time.hpp"

namespace batchproof::effects {

/// The exception that user code sees when the world has ended its invocation, or lets its store or handler
/// fail.
class WorldFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The claim that was last made of a key, as the store answered.
struct LastClaim {
  std::string token;
  bool is_released = false;
};

/// The state of a running world that all its executions share.
struct EffectRun {
  EffectRun(const EffectWorld& wanted, IdempotencyStore& the_store, const simulator::TraceSink& lines);

  const EffectWorld& world;
  IdempotencyStore& store;
  const simulator::TraceSink& trace;
  simulator::Random random;
  std::string prefix;
  FinishedEffectWorld finished;
  std::chrono::milliseconds now{0};         ///< never goes back
  std::chrono::milliseconds invoked_at{0};  ///< by the simulator, of the last invocation
  std::size_t batch_size = 0;               ///< of the last invocation
  std::uint64_t executions = 0;
  std::uint64_t results = 0;
  std::map<std::string, LastClaim> claims{};  ///< by the key in the store

  bool is_healed() const noexcept { return invoked_at >= world.world.faults.heal_after; }
  bool draws_fault(double rate) { return !is_healed() && random.chance(rate); }
  std::chrono::milliseconds draw_below(std::chrono::milliseconds bound);
};

/// One execution of the function: an invocation, or a second delivery of its event at the same time.
class Execution : private IdempotencyStore {
 public:
  /// `probe`: the simulator's, for the execution whose answer counts; null for others.
  Execution(EffectRun& run, VirtualTime& virtual_time, std::size_t number, std::chrono::milliseconds start,
            RecordProbe* probe);

  IdempotencyStore& store() noexcept { return *this; }
  Clock clock() const;
  LambdaContext context() const;
  const std::string& prefix() const noexcept { return run_.prefix; }

  void begin(std::string_view item_identifier, std::string_view key);
  void start_effect();
  void finish_effect(const std::string& result);
  std::string new_result();
  void end(const std::string& result);
  void fail();

  /// True when a crash or a time-out ended it.
  bool has_ended() const noexcept { return has_ended_; }

 private:
  /// The handling of one record.
  struct Handling {
    std::string key;
    bool has_effect = false;
    bool is_completed = false;
    bool lost_its_store = false;  ///< a call to complete has thrown
  };

  std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) override;
  bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds time_limit) override;
  void release(const Claim& claim, std::chrono::milliseconds time_limit) override;

  /// A call of the store: the request travels, the store carries it out, and the answer travels back.
  template <class Call>
  auto call_store(std::string_view what, Call&& call);

  /// Lets time pass. Throws when the execution ends meanwhile, or has ended.
  void step(std::chrono::milliseconds duration);
  void settle_handling();
  EffectHistory& history() { return run_.finished.effects[handling_.key]; }
  void trace(std::string_view what, const nlohmann::ordered_json& more) const;

  EffectRun& run_;
  VirtualTime& virtual_time_;
  std::size_t number_;
  std::uint64_t identifier_;
  RecordProbe* probe_;
  std::chrono::milliseconds skew_;
  std::chrono::milliseconds deadline_;
  std::optional<std::size_t> last_step_{};  ///< the step at which it crashes or hangs
  bool hangs_ = false;
  std::size_t steps_ = 0;
  bool has_ended_ = false;
  Handling handling_{};
};

}  // namespace batchproof::effects
