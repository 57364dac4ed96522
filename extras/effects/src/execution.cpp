// One execution, step by step: at each step the world may end it or let others continue.

#include "execution.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

namespace batchproof::effects {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr std::size_t steps_of_a_record = 8;
constexpr milliseconds longest_way_to_the_store{10};

/// Virtual time begins here, in 2096: processors compare the deadline with the real clock.
const auto epoch = std::chrono::system_clock::from_time_t(4'000'000'000);

/// New for each world, also in other processes: they may share a store.
std::string new_prefix() {
  std::random_device random;
  return "world-" + std::to_string(random()) + std::to_string(random());
}

}  // namespace

EffectRun::EffectRun(const EffectWorld& wanted, IdempotencyStore& the_store,
                     const simulator::TraceSink& lines)
    : world(wanted), store(the_store), trace(lines), random(wanted.world.seed), prefix(new_prefix()) {
  finished.world = wanted;
}

milliseconds EffectRun::draw_below(milliseconds bound) {
  return milliseconds(random.below(static_cast<std::uint64_t>(std::max<std::int64_t>(bound.count(), 1))));
}

Execution::Execution(EffectRun& run, VirtualTime& virtual_time, std::size_t number, milliseconds start,
                     RecordProbe* probe)
    : run_(run),
      virtual_time_(virtual_time),
      number_(number),
      identifier_(run.executions++),
      probe_(probe),
      skew_(run.draw_below(run.world.faults.clock_skew + milliseconds(1))),
      deadline_(start + run.world.world.function_timeout) {
  const auto& faults = run.world.world.faults;
  const bool crashes = run.draws_fault(faults.crash_rate);
  hangs_ = !crashes && run.draws_fault(faults.timeout_rate);
  if (crashes || hangs_) last_step_ = run.random.below(steps_of_a_record * run.batch_size);
}

Clock Execution::clock() const {
  return [this] { return epoch + virtual_time_.now() + skew_; };
}

LambdaContext Execution::context() const {
  return {.request_id = "request-" + std::to_string(identifier_), .deadline = epoch + deadline_};
}

void Execution::step(milliseconds duration) {
  if (!has_ended_) {
    const bool is_last = steps_++ == last_step_;
    if (is_last && hangs_) duration = run_.world.world.function_timeout;
    virtual_time_.wait(number_, std::min(duration, deadline_ - virtual_time_.now()));
    const bool is_late = virtual_time_.now() >= deadline_;
    has_ended_ = is_last || is_late;
    if (has_ended_) trace("ended", {{"because", is_late ? "it timed out" : "it crashed"}});
  }
  if (has_ended_) throw WorldFault("the function has ended");
}

void Execution::begin(std::string_view item_identifier, std::string_view key) {
  handling_ = {.key = std::string(key.empty() ? item_identifier : key)};
  run_.finished.key_of[std::string(item_identifier)] = handling_.key;
  run_.finished.deliveries += 1;
  history();
  if (probe_ != nullptr) (*probe_)(item_identifier);
}

void Execution::start_effect() {
  const simulator::World& world = run_.world.world;
  const bool is_slow = run_.draws_fault(run_.world.faults.slow_rate);
  step(is_slow ? run_.draw_below(world.function_timeout) : *world.handler_time);
  if (run_.draws_fault(world.faults.flaky_rate)) {
    trace("handler_failed", {{"key", handling_.key}});
    throw WorldFault("the handler failed, before its effect");
  }
}

void Execution::finish_effect(const std::string& result) {
  step(milliseconds(0));
  handling_.has_effect = true;
  history().happened += 1;
  history().results.push_back(result);
  trace("effect", {{"key", handling_.key}, {"result", result}});
  step(milliseconds(0));
}

std::string Execution::new_result() { return "result " + std::to_string(++run_.results); }

void Execution::end(const std::string& result) {
  if (!has_ended_) history().returned.push_back(result);
  settle_handling();
}

void Execution::fail() {
  if (probe_ != nullptr) probe_->note_failure();
  settle_handling();
}

void Execution::settle_handling() {
  const bool is_interrupted = has_ended_ || handling_.lost_its_store;
  if (handling_.has_effect && !handling_.is_completed && is_interrupted) history().interruptions += 1;
  handling_.has_effect = false;
}

template <class Call>
auto Execution::call_store(std::string_view what, Call&& call) {
  step(run_.draw_below(longest_way_to_the_store));
  if (run_.draws_fault(run_.world.faults.store_failure_rate)) {
    trace("store_failed", {{"call", what}, {"carried_out", false}});
    throw WorldFault("the store failed");
  }
  auto answer = call();
  step(run_.draw_below(longest_way_to_the_store));
  if (run_.draws_fault(run_.world.faults.store_lost_answer_rate)) {
    trace("store_failed", {{"call", what}, {"carried_out", true}});
    throw WorldFault("the answer of the store was lost");
  }
  return answer;
}

std::optional<ExistingRecord> Execution::claim(const Claim& claim, milliseconds time_limit) {
  return call_store("claim", [&] {
    // What is known of the key is forgotten while the store works: it may claim, and then fail.
    LastClaim last = std::exchange(run_.claims[claim.key], {});
    auto existing = run_.store.claim(claim, time_limit);
    if (!existing) {
      last = {.token = claim.token};
    } else if (!existing->is_completed && last.is_released) {
      history().held_after_release += 1;
    }
    run_.claims[claim.key] = std::move(last);
    trace(!existing                ? "claimed"
          : existing->is_completed ? "found_completed"
                                   : "found_claimed",
          {{"key", handling_.key}});
    return existing;
  });
}

bool Execution::complete(const Claim& claim, std::string_view result, milliseconds time_limit) {
  handling_.lost_its_store = true;
  const bool is_kept = call_store("complete", [&] {
    const bool is_own = run_.store.complete(claim, result, time_limit);
    handling_.is_completed = handling_.is_completed || is_own;
    trace(is_own ? "completed" : "claim_lost", {{"key", handling_.key}});
    return is_own;
  });
  handling_.lost_its_store = false;
  return is_kept;
}

void Execution::release(const Claim& claim, milliseconds time_limit) {
  call_store("release", [&] {
    run_.store.release(claim, time_limit);
    LastClaim& last = run_.claims[claim.key];
    last.is_released = last.is_released || last.token == claim.token;
    trace("released", {{"key", handling_.key}});
    return true;
  });
}

void Execution::trace(std::string_view what, const Json& more) const {
  if (!run_.trace) return;
  Json line{{"at", virtual_time_.now().count()}, {"what", what}, {"execution", identifier_}};
  line.update(more);
  run_.trace(fixtures::to_ascii_text(line));
}

}  // namespace batchproof::effects
