#include <algorithm>
#include <array>
#include <batchproof/async.hpp>
#include <batchproof/concurrency/verify_concurrency.hpp>
#include <batchproof/fixtures/invocation_context.hpp>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/settings.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <exception>
#include <stdexcept>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// Runs `answer()` in turns. `run` is filled by the handlers meanwhile; the result adds the answer and the
/// turns.
template <class Answer>
Observation run_in_turns(const Observation& run, Turns& turns, const std::string& payload,
                         const Answer& answer, std::chrono::milliseconds patience, Turns::Others others) {
  std::exception_ptr thrown;
  std::optional<std::string> response;
  const auto note = [&]() -> boost::asio::awaitable<void> {
    try {
      response = co_await detail::checked_coroutine(answer());
    } catch (...) {
      thrown = std::current_exception();
    }
  };
  bool has_ended = true;
  try {
    has_ended = turns.run(note(), patience, others);
  } catch (const NotInTurnsError&) {
    throw;         // the test is wrong, whatever it tests
  } catch (...) {  // out of a completion handler: it would end the invocation
    thrown = std::current_exception();
    response.reset();
  }
  Observation observed = run;
  observed.response = std::move(response);
  if (thrown) observed.error = detail::failure_of_exception(thrown).cause;
  observed.payload = payload;
  observed.timeline->choices = turns.choices();
  observed.timeline->is_stuck = !has_ended;
  observed.timeline->leaves_work = turns.leaves_work();
  return observed;
}

/// The user's handler, which waits for its turn to start and to end, and whose calls are recorded.
template <class Record>
auto take_turns(const ErasedAsyncHandler<Record>& handler, Observation& run, Turns& turns) {
  return [&](const Record& record, const LambdaContext& context) -> boost::asio::awaitable<void> {
    const std::size_t call = run.calls.size();
    run.calls.push_back(
        {.item_identifier = std::string(record.item_identifier()), .fields = {}, .threw = true});
    run.timeline->steps.push_back({call, false});
    co_await turns.turn();
    std::exception_ptr thrown;
    try {
      co_await detail::await_here(handler(record, context));  // it may end on another thread
    } catch (...) {
      thrown = std::current_exception();
    }
    co_await turns.turn();
    run.timeline->steps.push_back({call, true});
    run.calls[call].threw = thrown != nullptr;
    if (!thrown) co_return;
    run.calls[call].error = detail::failure_of_exception(thrown).cause;
    std::rethrow_exception(thrown);
  };
}

template <class Record, class Processor>
boost::asio::awaitable<std::string> answer_in_turns(const Processor& processor, std::string_view payload,
                                                    const ErasedAsyncHandler<Record>& handler,
                                                    Observation& run, Turns& turns) {
  const auto event = decode<Record>(payload);
  const auto in_turns = take_turns<Record>(handler, run, turns);
  const LambdaContext context = fixtures::new_invocation_context();
  const auto batch = co_await processor.process(event, in_turns, context);
  co_return batch.to_json();
}

template <class Record>
boost::asio::awaitable<std::string> answer_of_ours(const VerifyHandlerConcurrencyOptions& options,
                                                   std::string_view payload,
                                                   const ErasedAsyncHandler<Record>& handler,
                                                   Observation& run, Turns& turns) {
  if constexpr (std::same_as<Record, SqsRecord>) {
    if (options.fifo) {
      const AsyncSqsFifoPartialProcessor fifo(
          {.skip_group_on_error = true, .max_concurrency = options.max_concurrency});
      co_return co_await answer_in_turns<Record>(fifo, payload, handler, run, turns);
    }
  }
  const AsyncBatchProcessor<Record> processor({.max_concurrency = options.max_concurrency});
  co_return co_await answer_in_turns<Record>(processor, payload, handler, run, turns);
}

/// The time limit of a run, and its limit of turns, which a large batch needs more of; a tenth of one once a
/// run used it up, since a counterexample is shrunk by many runs that use it up too.
class Patience {
 public:
  explicit Patience(std::chrono::milliseconds limit) : limit_(limit) {}

  std::chrono::milliseconds now() const noexcept { return limit_; }
  void limit_turns_of(Turns& turns, const BatchCase& batch_case) const noexcept {
    constexpr std::size_t least = 20'000;
    constexpr std::size_t for_each_record = 100;
    const std::size_t most = std::max(least, for_each_record * batch_case.records.size());
    turns.set_most_turns(static_cast<int>(gives_fewer_turns_ ? most / 10 : most));
  }
  void learn_from(const Turns& turns) noexcept {
    gives_fewer_turns_ = gives_fewer_turns_ || turns.used_up_turns();
    if (!turns.lost_patience() || is_short_) return;
    is_short_ = true;
    limit_ = std::max(limit_ / 10, std::chrono::milliseconds(1));
  }

 private:
  std::chrono::milliseconds limit_;
  bool is_short_ = false;
  bool gives_fewer_turns_ = false;
};

template <class Options>
VerifySettings settings_on_schedules(const Options& options) {
  if (options.max_concurrency == 0)
    throw std::invalid_argument("verify_concurrency: max_concurrency is 0, so no handler could run");
  return {.cases = options.schedules,
          .seed = options.seed,
          .largest_batch = largest_batch_for(options.max_concurrency),
          .processes = Processes::any,
          .time_limit = options.time_limit};
}

}  // namespace

Observation observe_schedule(const AsyncSubject& subject, const BatchCase& batch_case, Turns& turns,
                             std::chrono::milliseconds time_limit) {
  ConcurrentProbe probe(batch_case, turns);
  const std::string payload = batch_case.payload();
  return run_in_turns(
      probe.seen(), turns, payload, [&] { return subject(payload, probe); }, time_limit,
      Turns::Others::when_ready);
}

Report verify_concurrency_laws(std::span<const Law> laws, fixtures::Source source,
                               const AsyncSubject& subject, const VerifyConcurrencyOptions& options) {
  VerifySettings settings = settings_on_schedules(options);
  settings.hostile = options.hostile;
  return verify_concurrency_laws(laws, source, subject, options, settings);
}

Report verify_concurrency_laws(std::span<const Law> laws, fixtures::Source source,
                               const AsyncSubject& subject, const VerifyConcurrencyOptions& options,
                               const VerifySettings& settings) {
  const fixtures::ProcessorClaims claims{
      .skip_group_on_error = options.skip_group_on_error,
      .raise_on_entire_batch_failure = options.raise_on_entire_batch_failure,
      .stop_on_first_failure = options.stop_on_first_failure,
      .max_concurrency = options.max_concurrency,
      .order_by_key = options.order_by_key};
  std::size_t most_together = 0;
  Patience patience(resolve_time_limit(options.time_limit));
  const auto observe = [&](const BatchCase& batch_case, const std::string&, const TurnOrder& schedule) {
    Turns turns(schedule);
    patience.limit_turns_of(turns, batch_case);
    Observation run = observe_schedule(subject, batch_case, turns, patience.now());
    patience.learn_from(turns);
    most_together = std::max(most_together, run.timeline->most_together());
    return run;
  };
  Report report = verify_schedules(laws, source, observe, claims, settings);
  // One batch proves little: under some schedules a correct processor runs one handler after the other.
  if (!options.uses_concurrency || !report.passed() || most_together > 1) return report;
  return verify_schedules({&runs_together, 1}, source, observe, claims, settings);
}

template <fixtures::AnyRecord Record>
Report verify_async_handler(const ErasedAsyncHandler<Record>& handler,
                            const VerifyHandlerConcurrencyOptions& options) {
  static const std::array laws{comes_to_an_end, verdict, own_check, as_sequential};
  Patience patience(resolve_time_limit(options.time_limit));
  const fixtures::Source source = fixtures::source_of<Record>(options.fifo);
  fixtures::RecordFields fields("verify_concurrency: .record_fields", source, options.record_fields);
  const auto observe = [&](const BatchCase& batch_case, const std::string& drawn, const TurnOrder& schedule) {
    if (options.before_each) options.before_each();
    const std::string payload = fields.empty() ? drawn : fields.added_to(batch_case).payload();
    Turns turns(schedule);
    patience.limit_turns_of(turns, batch_case);
    Observation run;
    run.timeline.emplace();
    Observation observed = run_in_turns(
        run, turns, payload, [&] { return answer_of_ours<Record>(options, payload, handler, run, turns); },
        patience.now(), Turns::Others::by_choice);
    patience.learn_from(turns);
    // The user's check may depend on the payloads as they were given.
    if (options.check && !batch_case.has_unknown_verdicts())
      observed.complaints = complaints_of(options.check, observed);
    return observed;
  };
  const fixtures::ProcessorClaims claims{.skip_group_on_error = options.fifo,
                                         .max_concurrency = options.max_concurrency};
  VerifySettings settings = settings_on_schedules(options);
  settings.same_in_shards = options.record_fields;
  return verify_schedules(laws, source, observe, claims, settings,
                          Payloads{options.accepted, options.rejected, options.classify, options.near_misses,
                                   !fixtures::fix_the_kind_of_change(options.record_fields)});
}

#define BATCHPROOF_INSTANTIATE(Record)                                            \
  template Report verify_async_handler(const ErasedAsyncHandler<Record>& handler, \
                                       const VerifyHandlerConcurrencyOptions& options);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::properties
