#pragma once

// Verifies processors and handlers against the laws, without GoogleTest:
//
//   const auto report = batchproof::verify_handler<bp::SqsRecord>(
//       handle_order, {.accepted = {R"({"quantity": 2})"}, .rejected = {"not json"}});
//   if (!report.passed()) std::cerr << report.text();

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/invocation_context.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/handler_calls.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/payloads.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace batchproof::inline v0_1 {

/// The claims of a processor under test, and how long to verify it.
///
/// For a field that is not set, the environment variables BATCHPROOF_CASES, BATCHPROOF_SEED and
/// BATCHPROOF_SMALL_CASES_MILLISECONDS apply, and then BATCHPROOF_PROFILE: `quick` is 200 cases and small
/// ones of up to 2 records; `ci` 1,000 with a fixed seed; `thorough` 100,000 and small ones of up to 6
/// records.
struct VerifyProcessorOptions {
  bool fifo = false;                          ///< SQS: the queue is a FIFO queue
  bool skip_group_on_error = false;           ///< FIFO: a failure stops its own message group alone
  bool raise_on_entire_batch_failure = true;  ///< it throws when every record failed
  bool reports_every_failure = true;          ///< streams: false when it reports only its first failure
  std::optional<int> cases{};                 ///< random cases for each law; 1,000 when not set
  std::optional<std::uint64_t> seed{};        ///< drawn, and printed, when not set
  bool stop_on_first_failure = false;         ///< nothing after the first failure is handled

  /// The time budget for judging all batches of up to 6 records, smallest first. Not set: batches of up to 3
  /// records, for at most 2 s. 0: none.
  std::optional<std::chrono::milliseconds> small_cases_budget{};

  /// A folder that belongs to this verification alone; commit it. Each counterexample is saved there, and
  /// judged first in later runs (`<batchproof/properties/regressions.hpp>`). Empty: none.
  std::string regressions{};

  /// The processor starts no record when less than this is left until the deadline; the subject passes it
  /// `probe.context()` and `probe.clock()`. Not set: the laws about the deadline do not apply.
  std::optional<std::chrono::milliseconds> reserve{};

  /// The processor carries out `RetryAfter`, `DeadLetter` and `Drop`; the subject passes it
  /// `probe.actions()`. False: no record makes a request, and the laws about requests do not apply.
  bool meets_requests = false;

  /// Adds input that AWS never sends: damaged events, events of another source, records without an identifier
  /// or without other fields that AWS always sends, FIFO messages without a group, a message twice in one
  /// batch, unusual ids. Without it, the laws that need such input are "not judged". The report says why a
  /// counterexample is hostile.
  bool hostile = false;

  /// How long a batch of up to 100 records may take in a child process; a larger one may take proportionally
  /// longer. 5 s when not set. A subject that takes longer hangs, and violates the law `survives`.
  std::optional<std::chrono::milliseconds> time_limit{};

  /// The largest batch in records, like the event source mapping's batch size: most random batches have up to
  /// 12 records, some have more, up to this. Not set, and at most: 10,000, or 10 for a FIFO queue, which are
  /// AWS's limits.
  std::optional<std::size_t> largest_batch{};

  /// EventBridge Pipes invokes the processor: an event is an array of records, the event id reports a failure
  /// of a stream's record, and each record that did not succeed is reported. Not for Kafka.
  bool pipe = false;

  /// The part of the cases that is judged here, when several machines share them
  /// (`<batchproof/fixtures/shard.hpp>`). Not set: BATCHPROOF_SHARD, such as 0/4, or all cases without it.
  std::optional<fixtures::Shard> shard{};

  /// Streams and Kafka: the processor keeps the records of a key in order, and not those of a whole shard or
  /// partition: it takes the keys in any order, and may leave the later records of a key behind a failure. A
  /// key is a partition key, the keys of an item, or the key of a record of Kafka within its partition. No
  /// effect with `stop_on_first_failure`.
  bool order_by_key = false;
};

/// The contract of a handler under test: the payloads that it must accept and those that it must reject. A
/// payload is the body of an SQS message, the bytes of a Kinesis record, the value of a Kafka record, or the
/// new image of a DynamoDB record as DynamoDB writes it (`{"quantity": {"N": "2"}}`). A list mixes texts and
/// functions of a seed, `std::string(std::uint64_t)`, which draw a new payload for each record;
/// `<batchproof/generators/payloads.hpp>` makes such a function of a RapidCheck generator.
struct VerifyHandlerOptions {
  fixtures::PayloadList accepted{};  ///< the handler returns
  fixtures::PayloadList rejected{};  ///< it throws; a failure that asks for `Drop` or `DeadLetter` is one too
  std::optional<int> cases{};        ///< as in `VerifyProcessorOptions`
  std::optional<std::uint64_t> seed{};  ///< as in `VerifyProcessorOptions`

  /// Returns what the handler must do with any payload. Then near misses of the accepted payloads have a
  /// verdict, and the payload of a counterexample shrinks by its content. Without it the handler must only
  /// treat a near miss alike in each batch, and payloads shrink only to shorter ones among those given or
  /// drawn.
  properties::Classify classify{};

  /// Resets the state that the handler changes, such as a table in memory. Called before each case; within a
  /// case a record may be delivered more than once, as on AWS.
  std::function<void()> before_each{};

  /// Checks that state after each batch: returns what is wrong with it, or an empty text. `run.calls` are the
  /// handled records, in order, and whether the handler threw for each. This is the law `own-check`: a batch
  /// that violates it is shrunk, as for any law.
  std::function<std::string(const properties::Observation& run)> check{};

  std::optional<std::chrono::milliseconds> small_cases_budget{};  ///< as in `VerifyProcessorOptions`
  std::string regressions{};                                      ///< as in `VerifyProcessorOptions`

  /// Adds input that neither AWS nor your producers send. Records without fields that AWS always sends, or
  /// with unusual ids, still get the verdicts of their payloads. Damaged payloads and damaged events may be
  /// accepted or rejected, but must not end the process.
  bool hostile = false;

  std::optional<std::chrono::milliseconds> time_limit{};  ///< as in `VerifyProcessorOptions`

  /// SQS: the queue is a FIFO queue. Without it the handler gets the messages of both kinds of queues, and a
  /// processor of your own those of a standard queue.
  bool fifo = false;

  std::optional<std::size_t> largest_batch{};  ///< as in `VerifyProcessorOptions`; not set: at most 1,000
  std::optional<fixtures::Shard> shard{};      ///< as in `VerifyProcessorOptions`

  /// Also tries near misses of the accepted payloads. Switch it off for a handler whose verdict on a payload
  /// depends on other payloads, such as one that refuses a second payload with the key of an earlier one.
  bool near_misses = true;

  /// Fields that each record has beside its payload, as a JSON object that is merged into the record (RFC
  /// 7396): message attributes, Kafka headers, or the key of a DynamoDB table. The verdict is still that of
  /// the payload. Must leave the identifier, the payload and the message group as they are.
  std::string record_fields{};
};

}  // namespace batchproof::inline v0_1

namespace batchproof::properties {

/// `verify_processor` for a source that is known at run time. Not thread-safe, since RapidCheck is not.
Report verify_processor(fixtures::Source source, const fixtures::Subject& subject,
                        const fixtures::ProcessorClaims& claims, const VerifySettings& settings);

/// Calls the user's handler; throws when it failed.
template <class Record>
using ErasedHandler = std::function<void(const Record& record, const LambdaContext& context)>;

/// Runs a payload through a processor with the user's handler, whose calls it records; returns the response.
using AnswerBatch = std::function<std::string(std::string_view payload, HandlerCalls& calls)>;

/// A processor of the user that runs the handler.
struct NamedProcessor {
  std::string name;                          ///< for reports
  AnswerBatch answer = {};                   ///< none: there is no such processor
  std::optional<fixtures::Source> source{};  ///< of its events; not set: that of the record type
  fixtures::ProcessorClaims claims{};
};

/// `laws` are some of `handler_laws()`; `processes` is as in `VerifySettings`. The handler runs in every mode
/// of its source, and in `own` if there is one; an empty handler runs in `own` alone.
template <fixtures::AnyRecord Record>
Report verify_erased_handler(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                             std::span<const Law> laws = handler_laws(), Processes processes = Processes::any,
                             const NamedProcessor& own = {});

/// Makes the `answer` of a `NamedProcessor`. A processor that is a factory makes a new one for each batch.
/// Refers to both arguments, which must outlive the result.
template <class Record, class Handler, class Processor>
AnswerBatch answer_by(Handler& handler, Processor& processor) {
  return [&](std::string_view payload, HandlerCalls& calls) -> std::string {
    const LambdaContext context = fixtures::new_invocation_context();
    const auto noting = note_calls<Record>(handler, calls);
    const auto answer = [&](auto& one) {
      if constexpr (Awaitable<detail::HandlerResult<Handler, Record>>) {
        return async_process_partial_response(payload, noting, one, context);
      } else {
        return process_partial_response(payload, noting, one, context);
      }
    };
    if constexpr (std::is_invocable_v<Processor&>) {
      auto made = processor();
      return answer(made);
    } else {
      return answer(processor);
    }
  };
}

template <class Handler, class Record>
concept CoroutineHandler =
    RecordHandler<Handler, Record> && Awaitable<detail::HandlerResult<Handler, Record>>;

/// Refers to the handler, which must outlive the result.
template <class Record, class Handler>
ErasedHandler<Record> erase_handler(Handler& handler) {
  return [&handler](const Record& record, const LambdaContext& context) {
    const auto failure = detail::handle(handler, record, context, [](auto&&) {});
    if (failure) std::rethrow_exception(failure->exception);
  };
}

inline fixtures::ProcessorClaims claims_of(const VerifyProcessorOptions& options) noexcept {
  return {.skip_group_on_error = options.skip_group_on_error,
          .raise_on_entire_batch_failure = options.raise_on_entire_batch_failure,
          .reports_every_failure = options.reports_every_failure,
          .stop_on_first_failure = options.stop_on_first_failure,
          .reserve = options.reserve,
          .meets_requests = options.meets_requests,
          .order_by_key = options.order_by_key};
}

/// The settings among the options of a processor or a handler.
template <class Options>
VerifySettings settings_of(const Options& options, Processes processes = Processes::any) {
  return {.cases = options.cases,
          .seed = options.seed,
          .largest_batch = options.largest_batch,
          .small_cases_budget = options.small_cases_budget,
          .regressions = options.regressions,
          .hostile = options.hostile,
          .processes = processes,
          .time_limit = options.time_limit,
          .shard = options.shard};
}

}  // namespace batchproof::properties

namespace batchproof::inline v0_1 {

/// Checks the laws of a processor on random batches and failure patterns. `subject(payload, probe)` is any
/// callable that takes the event's text, calls `probe(item_identifier)` once for each record that it handles,
/// and returns the response; an exception counts as a failed batch. One thread at a time.
template <class Record>
properties::Report verify_processor(const fixtures::Subject& subject,
                                    const VerifyProcessorOptions& options = {}) {
  return properties::verify_processor(fixtures::source_of<Record>(options.fifo, options.pipe), subject,
                                      properties::claims_of(options), properties::settings_of(options));
}

/// Checks the laws of a record handler through every processor mode of its source: each accepted payload
/// succeeds and each rejected one fails, in any batch. One thread at a time.
template <class Record, class Handler>
properties::Report verify_handler(Handler&& handler, const VerifyHandlerOptions& options) {
  if constexpr (properties::CoroutineHandler<Handler, Record>) {
    static_assert(
        !properties::CoroutineHandler<Handler, Record>,
        "batchproof: this handler is a coroutine: pass verify_handler a processor of coroutines behind it, "
        "such as bp::AsyncBatchProcessor, and include <batchproof/async.hpp>");
    return {};
  } else if constexpr (detail::check_handler<Handler, Record>()) {
    return properties::verify_erased_handler<Record>(properties::erase_handler<Record>(handler), options);
  } else {
    return {};
  }
}

/// The same, also through a processor of yours: with your options, on threads, one of your own that derives
/// from `BasePartialProcessor`, or one of coroutine handlers (include `<batchproof/async.hpp>` before; these
/// run in no other modes). A processor that keeps state from batch to batch may be given as a factory, `[] {
/// return Mine(...); }`, which makes a new one for each batch.
template <class Record, class Handler, class Processor>
properties::Report verify_handler(Handler&& handler, Processor&& processor,
                                  const VerifyHandlerOptions& options) {
  const properties::NamedProcessor own{"your processor", properties::answer_by<Record>(handler, processor)};
  properties::ErasedHandler<Record> erased;
  if constexpr (!properties::CoroutineHandler<Handler, Record>)
    erased = properties::erase_handler<Record>(handler);
  return properties::verify_erased_handler<Record>(erased, options, properties::handler_laws(),
                                                   properties::Processes::any, own);
}

}  // namespace batchproof::inline v0_1
