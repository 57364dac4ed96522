#pragma once

// Everything that a simulation depends on, as a plain value:
//
//     const World world{.source = Source::dynamodb,
//                       .seed = 7,
//                       .stream = {.bisect_on_error = true, .maximum_retry_attempts = 3},
//                       .faults = {.poison = 3, .crash_rate = 0.01}};

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// The faults outside of the function under test. Rates are probabilities from 0 to 1. Those of invocations
/// are asked in the order of the members below: each is a share of the invocations that the ones before it
/// left.
struct Faults {
  std::size_t poison = 0;          ///< messages that fail at every delivery
  double flaky_rate = 0;           ///< of messages whose handler fails before it succeeds
  std::size_t flaky_failures = 1;  ///< how often at most
  double crash_rate = 0;           ///< of invocations that end while a record is being handled
  double timeout_rate = 0;         ///< of invocations that hang in a record until the function timeout
  double lost_response_rate = 0;   ///< of invocations that finish, and whose response the service never gets
  double duplicate_rate = 0;       ///< SQS standard: of deletions that one of the servers misses

  /// The share of invocations whose response is damaged on its way: an identifier is empty, null, not of the
  /// batch or under a wrong name, or the text is cut off. AWS treats the whole batch as failed (AWS Lambda
  /// developer guide, "Implementing partial batch responses"). Damage that AWS reads as success is not drawn,
  /// since it would lose messages whatever the function does.
  double malformed_response_rate = 0;

  /// SQS FIFO: the share of messages that are sent twice, since the sender got no answer the first time. The
  /// second one follows within 10 s, and the queue accepts a MessageDeduplicationId once in 5 minutes (Amazon
  /// SQS developer guide, "Exactly-once processing in Amazon SQS").
  double resend_rate = 0;

  /// Rates and flaky messages have no effect from this time on.
  std::chrono::milliseconds heal_after{std::chrono::minutes(10)};
};

/// An SQS queue (Amazon SQS developer guide, "Amazon SQS visibility timeout", "Using dead-letter queues in
/// Amazon SQS"). Times are whole seconds.
struct Queue {
  std::chrono::milliseconds visibility_timeout{std::chrono::seconds(30)};

  /// The number of deliveries after which a message moves to the dead-letter queue; nothing: no such queue.
  std::optional<std::uint32_t> max_receive_count = 5;

  std::chrono::milliseconds retention{std::chrono::hours(24 * 4)};  ///< from 1 minute to 14 days

  /// Batches that are processed at the same time, up to 1,000: the event source mapping's MaximumConcurrency,
  /// for which AWS accepts 2 or more. With 1 the batches of the queue come one after the other.
  std::size_t concurrency = 5;
};

/// A stream and its event source mapping ("Lambda parameters for Amazon Kinesis Data Streams event source
/// mappings" and the page for DynamoDB, AWS Lambda developer guide).
///
/// Also for Kafka, with partitions as shards. One poller reads them all, and a batch may hold records of each
/// (AWS Lambda developer guide, "Configuring Amazon MSK event sources for Lambda"). A partition starts again
/// at its lowest reported offset; AWS does not say that it does. The poller reads on when the batch is done.
/// Without provisioned pollers Lambda does not read the answer, which is `report_batch_item_failures = false`
/// here (the same guide, "Configuring error handling controls for Kafka event sources").
///
/// And for a stream that a pipe reads: `bisect_on_error` is AUTOMATIC_BISECT, with which both halves of a
/// batch that holds a failure come again; without it, only the records that failed do ("Amazon Kinesis stream
/// as a source for EventBridge Pipes", EventBridge user guide). No page says how a pipe counts retries; here
/// the records that failed go on with the count of their batch.
struct Stream {
  std::optional<std::size_t> shards{};  ///< nothing: 4 partitions of Kafka, and 2 shards of other streams

  /// Batches of one shard at the same time, from 1 to 10. All records of a key stay in one part of the shard.
  std::size_t parallelization_factor = 1;

  bool bisect_on_error = false;                                   ///< BisectBatchOnFunctionError
  int maximum_retry_attempts = 10;                                ///< -1: no limit, which is AWS's default
  std::optional<std::chrono::milliseconds> maximum_record_age{};  ///< whole seconds; nothing: no limit

  /// Kinesis: whole hours from 24 to 8,760. DynamoDB Streams: 24 hours. Kafka: 1 minute to 1 year.
  std::chrono::milliseconds retention{std::chrono::hours(24)};

  /// Sources with windows: TumblingWindowInSeconds, whole seconds from 1 to 900. A record belongs to the
  /// window in which it arrives. The state in an invocation is the last one that the function returned in
  /// this window, also when records failed. After the last record the function is invoked a last time,
  /// without records or with the last of them, until it succeeds. No page says which state comes with records
  /// that failed, nor whether the last invocation has records: here it is the last returned state, and the
  /// second is random. The simulator ends no window early, and does not parallelize a shard.
  std::chrono::milliseconds tumbling_window{std::chrono::seconds(10)};
};

/// The faults of a world that sets none: some of each kind.
inline constexpr Faults usual_faults{.poison = 1,
                                     .flaky_rate = 0.2,
                                     .flaky_failures = 3,
                                     .crash_rate = 0.05,
                                     .timeout_rate = 0.03,
                                     .lost_response_rate = 0.05,
                                     .duplicate_rate = 0.05,
                                     .malformed_response_rate = 0.02,
                                     .resend_rate = 0.1};

/// Correct designs of a function that laws forbid unless the world names them.
struct Design {
  bool retries_inside = false;  ///< it calls the handler of a record again within one invocation
  bool stops_early = false;  ///< a breaker: it may leave records unhandled after failures, and reports them
  bool all_or_nothing = false;  ///< a failure undoes the work of the batch, and all of it comes again
};

/// A source, the messages that are sent to it, its configuration, and its faults. Times are virtual. The same
/// world gives the same messages and, with the same function, the same simulation on every machine.
struct World {
  fixtures::Source source = fixtures::Source::sqs;
  std::uint64_t seed = 1;
  std::size_t messages = 100;
  std::size_t groups = 12;  ///< message groups of a FIFO queue, partition keys of a stream
  std::chrono::milliseconds sent_every{1};

  /// The most records of a batch. Nothing: 10 for a FIFO queue, which is its limit, and 25 for the others.
  std::optional<std::size_t> batch_size{};

  /// How long a batch waits to become full, in whole seconds. Nothing: 1 s if a standard queue needs it for a
  /// batch above 10, and 0 otherwise.
  std::optional<std::chrono::milliseconds> batch_window{};

  /// The limit of an event in bytes. A batch is full before its event exceeds it (AWS Lambda developer guide,
  /// "How Lambda processes records from stream and queue-based event sources"). AWS allows 6 MB; a lower
  /// limit shows the effect with small payloads. A record that exceeds it alone is delivered nevertheless.
  std::size_t payload_limit = std::size_t{6} * 1024 * 1024;

  std::chrono::milliseconds function_timeout{std::chrono::seconds(5)};  ///< whole seconds from 1 to 900

  /// The time of each record. Nothing: a full batch takes 95% of the function timeout, so that a function
  /// which stops some time before its deadline does stop there.
  std::optional<std::chrono::milliseconds> handler_time{};

  /// ReportBatchItemFailures of the event source mapping. A pipe always reads the response.
  bool report_batch_item_failures = true;

  Queue queue{};
  Stream stream{};
  Faults faults = usual_faults;

  /// Payloads as in `VerifyHandlerOptions`; poison has a rejected one. By default they are orders such as
  /// {"quantity": 2} and {"quantity": 0}, some with a note that is long or that differs only at its end, as
  /// items for DynamoDB streams.
  std::vector<std::string> accepted{};
  std::vector<std::string> rejected{};

  /// True: the handler under test recognises poison by its payload. False: the probe fails for it.
  bool handler_decides = false;

  /// The claims of the processor under test. Some laws depend on them.
  fixtures::ProcessorClaims claims{};
  Design design{};

  std::size_t most_invocations = 10'000'000;  ///< the simulation stops here, and is then not at rest

  std::string record_fields{};  ///< as in `VerifyHandlerOptions`

  /// True: the subject infers its calls of the probe from the answers of a function, so that nobody knows
  /// which records that function handled. A message that leaves the source after a failure that should have
  /// stopped it was then handled out of order, or is lost.
  bool calls_are_assumed = false;

  /// DynamoDB: one in four changes of an item that is there removes it. Such a change has no new image, and
  /// so no payload.
  bool has_removals = true;

  /// Worlds that differ in this alone have other identifiers, shards, groups and keys, for a function with a
  /// store that outlives a world. In the JSON unless it is 0.
  std::uint64_t names = 0;
};

/// Thrown for a world that AWS would not set up.
class ImpossibleWorld : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Throws `ImpossibleWorld`, which names the rule and its AWS page.
void refuse_impossible(const World& world);

/// The same world with values for the members that may be left out: `batch_size`, `batch_window`,
/// `handler_time`, `stream.shards`, `accepted` and `rejected`.
World with_defaults(World world);

/// The world on one line of JSON, without claims, design, payloads, `calls_are_assumed`, `record_fields`,
/// `has_removals` and `most_invocations`. Worlds that differ only in those give the same text.
std::string to_json(const World& world);

/// Reads the output of `to_json`. Throws `std::invalid_argument`, which names the member that is missing or
/// of a wrong type. It does not refuse impossible worlds.
World world_from_json(std::string_view text);

/// A world of this source with sizes, options and faults drawn from the seed; each kind of fault is on or
/// off. It has at most `most_messages`; throws `std::invalid_argument` when that is 0.
World random_world(fixtures::Source source, std::uint64_t seed, std::size_t most_messages = 60);

}  // namespace batchproof::simulator
