#pragma once

#include <batchproof/fixtures/broken_processors.hpp>
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

/// What goes wrong, other than in the function under test. Rates are probabilities from 0 to 1.
struct Faults {
  std::size_t poison = 0;          ///< messages that no delivery gets through
  double flaky_rate = 0;           ///< of messages whose handler fails once or several times first
  std::size_t flaky_failures = 1;  ///< at most so often
  double crash_rate = 0;           ///< of invocations that end while a record is being handled
  double timeout_rate = 0;         ///< of invocations that hang in a record until their time is over
  double lost_response_rate = 0;   ///< of invocations that did all their work, and whose answer was not read
  double duplicate_rate = 0;       ///< SQS standard: of deletions that one of the servers did not see

  /// Of invocations whose response reaches the service damaged: with an identifier that is empty, null, not
  /// of the batch or under a wrong name, or cut off. AWS takes the whole batch for failed (AWS Lambda
  /// developer guide, "Implementing partial batch responses"). Damage that it takes for success, such as
  /// another name in place of batchItemFailures, is not drawn: whatever the function did, messages would be
  /// lost.
  double malformed_response_rate = 0;

  /// SQS FIFO: of messages that are sent twice, since the sender did not hear of the first time. The second
  /// time comes within 10 s, and the queue accepts a MessageDeduplicationId once in 5 minutes (Amazon SQS
  /// developer guide, "Exactly-once processing in Amazon SQS").
  double resend_rate = 0;

  std::chrono::milliseconds heal_after{std::chrono::minutes(10)};  ///< no rate counts from here on
};

/// An SQS queue (Amazon SQS developer guide, "Amazon SQS visibility timeout", "Using dead-letter queues in
/// Amazon SQS").
struct Queue {
  std::chrono::milliseconds visibility_timeout{std::chrono::seconds(30)};
  std::optional<std::uint32_t> max_receive_count =
      5;  ///< then it goes to the dead-letter queue; nothing: no such queue
  std::chrono::milliseconds retention{std::chrono::hours(24 * 4)};

  /// Batches that are processed at the same time, up to 1,000: the event source mapping's MaximumConcurrency,
  /// for which AWS takes 2 or more. 1 is a queue whose batches come one after the other.
  std::size_t concurrency = 5;
};

/// A stream and its event source mapping (AWS Lambda developer guide, "Creating an event source mapping",
/// "Kinesis" and "DynamoDB Streams").
struct Stream {
  std::size_t shards = 2;
  std::size_t parallelization_factor =
      1;  ///< batches of one shard at the same time, 1 to 10; a key stays in one
  bool bisect_on_error = false;
  int maximum_retry_attempts = -1;                                ///< -1: for ever
  std::optional<std::chrono::milliseconds> maximum_record_age{};  ///< nothing: for ever

  /// Of Kinesis whole hours from 24 to 8,760; of DynamoDB Streams 24 hours, no more and no less.
  std::chrono::milliseconds retention{std::chrono::hours(24)};
};

/// A world around a function: a source, what is sent to it, and what goes wrong. The same world gives the
/// same lives of the same messages, on every machine. Times are virtual.
struct World {
  fixtures::Source source = fixtures::Source::sqs;
  std::uint64_t seed = 1;
  std::size_t messages = 100;
  std::size_t groups = 5;  ///< message groups of a FIFO queue, keys of a stream
  std::chrono::milliseconds sent_every{10};

  std::size_t batch_size = 10;
  std::chrono::milliseconds batch_window{0};  ///< how long a batch waits to become full

  /// Bytes of an event at most; a batch is full before it goes beyond (AWS Lambda developer guide, "How
  /// Lambda processes records from stream and queue-based event sources"). AWS's own limit is 6 MB, for all
  /// functions; with a lower one small payloads show what it does. One record is delivered whatever its size.
  std::size_t payload_limit = std::size_t{6} * 1024 * 1024;

  std::chrono::milliseconds function_timeout{std::chrono::seconds(5)};
  std::chrono::milliseconds handler_time{10};  ///< of each record
  bool report_batch_item_failures = true;      ///< as in the event source mapping

  Queue queue{};
  Stream stream{};
  Faults faults{};

  /// Payloads, as `VerifyHandlerOptions` has them: poison bears rejected ones. Left out: orders such as
  /// {"quantity": 2}, and {"quantity": 0}, as items of a DynamoDB stream.
  std::vector<std::string> accepted{};
  std::vector<std::string> rejected{};

  /// The handler under test rejects poison by its payload; otherwise the probe does.
  bool handler_decides = false;

  /// What the processor under test says of itself; some laws ask.
  fixtures::ProcessorClaims claims{};

  std::size_t most_invocations = 10'000'000;  ///< a world that is not at rest by then never will be
};

/// A world that AWS would not set up.
class ImpossibleWorld : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Throws `ImpossibleWorld`, which names the rule that is broken and its AWS page.
void refuse_impossible(const World& world);

/// The world on one line of JSON: what is the same for two worlds lets them live the same lives. Claims and
/// payloads are not told.
std::string to_json(const World& world);

/// The world that `to_json` told, with claims and payloads left out. Throws `std::invalid_argument` that
/// names what is missing or of the wrong type; what AWS would not set up it does not refuse.
World world_from_json(std::string_view text);

/// A world of this source drawn by its seed: sizes, options and faults, of which each kind is on or off. It
/// has no more than `most_messages`, and comes to rest soon.
World random_world(fixtures::Source source, std::uint64_t seed, std::size_t most_messages = 40);

}  // namespace batchproof::simulator
