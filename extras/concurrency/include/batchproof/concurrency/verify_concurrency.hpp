#pragma once

// Verifies processors and handlers of coroutines on random schedules:
//
//   EXPECT_TRUE(bp::verify_concurrency<bp::SqsRecord>(handle_order, {.accepted = {"{}"}}));

#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <batchproof/concurrency/concurrent_probe.hpp>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/verify.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace batchproof::inline v0_1 {

/// The claims of a processor of coroutine handlers, and how long to verify it.
struct VerifyConcurrencyOptions {
  bool fifo = false;                          ///< SQS: the queue is a FIFO queue
  bool skip_group_on_error = false;           ///< FIFO: a failure stops its own message group alone
  bool raise_on_entire_batch_failure = true;  ///< it throws when every record failed

  /// The largest number of handlers that run at once. Batches hold up to twice as many records, and 8 at
  /// least.
  std::size_t max_concurrency = 4;

  /// How many batches, each with a schedule of its own. Not set: BATCHPROOF_CASES, then BATCHPROOF_PROFILE,
  /// then 1,000.
  std::optional<int> schedules{};
  std::optional<std::uint64_t> seed{};  ///< drawn, and printed, when not set

  /// Adds input that AWS never sends, as in `VerifyProcessorOptions`: FIFO messages without a group and
  /// changes without keys, which run alone.
  bool hostile = false;

  /// It does run handlers concurrently: under some schedule, at least two at once.
  bool uses_concurrency = false;

  /// Streams and Kafka: behind a failure the processor may leave the later records of its key. Of Kafka it
  /// keeps the records of a key within a partition in order, and those without a key; not the whole
  /// partition.
  bool order_by_key = false;

  /// How long a batch may wait for what is no turn, such as a timer or work on another thread; 5 s when not
  /// set.
  std::optional<std::chrono::milliseconds> time_limit{};

  bool stop_on_first_failure = false;  ///< nothing after the first failure is handled
};

/// The contract of a handler that runs concurrently with itself.
struct VerifyHandlerConcurrencyOptions {
  fixtures::PayloadList accepted{};  ///< as in `VerifyHandlerOptions`
  fixtures::PayloadList rejected{};  ///< as in `VerifyHandlerOptions`
  bool fifo = false;                 ///< SQS: a FIFO queue, whose message groups run concurrently
  std::size_t max_concurrency = 4;   ///< as in `VerifyConcurrencyOptions`

  /// How many batches: a coroutine handler gets a schedule of its own for each, another handler runs on
  /// threads. Not set: as in `VerifyConcurrencyOptions`.
  std::optional<int> schedules{};
  std::optional<std::uint64_t> seed{};  ///< drawn, and printed, when not set

  std::function<void()> before_each{};  ///< as in `VerifyHandlerOptions`

  /// As in `VerifyHandlerOptions`: finds the damage of a race to the state that handlers share.
  std::function<std::string(const properties::Observation& run)> check{};

  /// The time limit for the coroutines of a batch; 5 s when not set.
  std::optional<std::chrono::milliseconds> time_limit{};

  properties::Classify classify{};  ///< as in `VerifyFunctionOptions`
  bool near_misses = true;          ///< as in `VerifyHandlerOptions`
  std::string record_fields{};      ///< as in `VerifyHandlerOptions`
};

}  // namespace batchproof::inline v0_1

namespace batchproof::properties {

/// Runs the subject once, with these turns. It is stuck when nothing but waiting is left and the time limit
/// has passed.
Observation observe_schedule(const AsyncSubject& subject, const fixtures::BatchCase& batch_case, Turns& turns,
                             std::chrono::milliseconds time_limit = std::chrono::seconds(5));

/// `verify_concurrency` for a source that is known at run time, and any selection of laws.
Report verify_concurrency_laws(std::span<const Law> laws, fixtures::Source source,
                               const AsyncSubject& subject, const VerifyConcurrencyOptions& options);

/// The same with these settings in place of the options' own, for tools.
Report verify_concurrency_laws(std::span<const Law> laws, fixtures::Source source,
                               const AsyncSubject& subject, const VerifyConcurrencyOptions& options,
                               const VerifySettings& settings);

/// Calls the user's coroutine handler; throws when it failed.
template <class Record>
using ErasedAsyncHandler =
    std::function<boost::asio::awaitable<void>(const Record& record, const LambdaContext& context)>;

/// Refers to the handler, which must outlive the result.
template <class Record, class Handler>
ErasedAsyncHandler<Record> erase_async_handler(Handler& handler) {
  return [&handler](const Record& record, const LambdaContext& context) -> boost::asio::awaitable<void> {
    const auto drop = [](auto&&) {};
    const auto failure = co_await detail::handle_async(handler, record, context, drop);
    if (failure) std::rethrow_exception(failure->exception);
  };
}

/// `verify_concurrency` of a coroutine handler.
template <fixtures::AnyRecord Record>
Report verify_async_handler(const ErasedAsyncHandler<Record>& handler,
                            const VerifyHandlerConcurrencyOptions& options);

/// The largest number of records of a batch: enough for a limit to be noticed.
inline std::size_t largest_batch_for(std::size_t max_concurrency) noexcept {
  constexpr std::size_t usual = 8;
  return 2 * max_concurrency > usual ? 2 * max_concurrency : usual;
}

/// The processor of this library that runs `max_concurrency` records at once.
template <class Record, class Use>
Report with_concurrent_processor(const VerifyHandlerConcurrencyOptions& options, const Use& use) {
  if constexpr (std::same_as<Record, SqsRecord>) {
    if (options.fifo) {
      return use(
          SqsFifoPartialProcessor({.skip_group_on_error = true, .max_concurrency = options.max_concurrency}));
    }
  }
  return use(BatchProcessor<Record>({.max_concurrency = options.max_concurrency}));
}

template <class Handler, class Record>
concept HandlerOf =
    std::invocable<Handler&, const Record&> || std::invocable<Handler&, const Record&, const LambdaContext&>;

}  // namespace batchproof::properties

namespace batchproof::inline v0_1 {

/// Checks a processor of coroutine handlers on random batches and random schedules: a seeded choice decides
/// which waiting handler continues, so that a race is found without threads, and can be repeated. `subject`
/// is a processor whose handler is the probe:
///
///     [&](std::string_view payload, ConcurrentProbe& probe) -> boost::asio::awaitable<std::string> {
///       const auto event = decode<SqsRecord>(payload);
///       const auto batch = co_await processor.process(event, std::ref(probe));
///       co_return batch.to_json();
///     }
///
/// One thread at a time.
template <class Record>
properties::Report verify_concurrency(const AsyncSubject& subject,
                                      const VerifyConcurrencyOptions& options = {}) {
  return properties::verify_concurrency_laws(properties::concurrency_laws(),
                                             fixtures::source_of<Record>(options.fifo), subject, options);
}

/// Checks a handler that runs concurrently with itself in a processor of this library: each payload gets its
/// verdict, whatever other handlers do meanwhile, and `.check` finds no fault in the state that they share.
///
/// A coroutine handler runs under random schedules: a seeded choice decides which handler starts and which
/// one continues to its end; operations that it awaits itself are real. Another handler runs on threads;
/// compile the test with `-fsanitize=thread`, which also reports races that did no harm this time. One thread
/// at a time may call this.
template <class Record, class Handler>
requires properties::HandlerOf<Handler, Record> properties::Report verify_concurrency(
    Handler&& handler, const VerifyHandlerConcurrencyOptions& options) {
  if constexpr (properties::Awaitable<detail::HandlerResult<Handler, Record>>) {
    return properties::verify_async_handler<Record>(properties::erase_async_handler<Record>(handler),
                                                    options);
  } else {
    return properties::with_concurrent_processor<Record>(options, [&](const auto& processor) {
      return properties::verify_erased_handler<Record>(
          {},
          {.accepted = options.accepted,
           .rejected = options.rejected,
           .cases = options.schedules,
           .seed = options.seed,
           .classify = options.classify,
           .before_each = options.before_each,
           .check = options.check,
           .time_limit = options.time_limit,
           .fifo = options.fifo,
           .largest_batch = properties::largest_batch_for(options.max_concurrency),
           .near_misses = options.near_misses,
           .record_fields = options.record_fields},
          properties::handler_laws(), properties::Processes::any,
          {.name =
               "on " + std::to_string(options.max_concurrency) + " threads; -fsanitize=thread shows races",
           .answer = properties::answer_by<Record>(handler, processor)});
    });
  }
}

}  // namespace batchproof::inline v0_1
