#pragma once

#include <batchproof/lint/node.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// A property as it will be: what the template gives, or else the service's default.
template <class T>
struct Setting {
  enum class Origin { by_default, given, unresolved };

  T value{};
  Origin origin = Origin::by_default;
  Place place{};  ///< where it is given

  /// False when only a deployment knows: no rule may judge it then.
  bool is_known() const { return origin != Origin::unresolved; }
  bool is_given() const { return origin == Origin::given; }
};

/// The defaults of the services, in seconds where they are times.
namespace defaults {
inline constexpr std::int64_t function_timeout = 3;
inline constexpr std::int64_t visibility_timeout = 30;
inline constexpr std::int64_t retention = 345'600;
inline constexpr std::int64_t max_receive_count = 10;
inline constexpr std::int64_t queue_batch = 10;
inline constexpr std::int64_t stream_batch = 100;
inline constexpr std::int64_t endless = -1;
inline constexpr std::int64_t parallelization = 1;
inline constexpr std::int64_t unlimited = -1;  ///< our own: no such limit
}  // namespace defaults

struct LambdaFunction {
  std::string name{};
  Setting<std::int64_t> timeout{.value = defaults::function_timeout};
  Setting<std::int64_t> reserved_concurrency{.value = defaults::unlimited};
  bool has_own_dead_letter_queue = false;  ///< which is for asynchronous invocations alone
};

/// What the redrive policy of a queue says.
struct DeadLetterQueue {
  std::string name{};
  Place place{};  ///< of the redrive policy
  bool is_the_source = false;
  Setting<std::int64_t> max_receive_count{.value = defaults::max_receive_count};
  Setting<bool> fifo{};
  Setting<std::int64_t> retention{.value = defaults::retention};
};

/// A queue that the template declares.
struct SourceQueue {
  std::string name{};
  Place place{};
  Setting<std::int64_t> visibility_timeout{.value = defaults::visibility_timeout};
  Setting<std::int64_t> retention{.value = defaults::retention};
  Setting<bool> has_dead_letter_queue{};
  std::optional<DeadLetterQueue> dead_letter_queue{};  ///< when it has one, or may have one
};

enum class SourceKind { sqs, kinesis, dynamodb };

/// What reads from a queue or stream, and calls a function with what it read: an event of a SAM function, or
/// an `AWS::Lambda::EventSourceMapping`, joined with the function and with the queue.
struct EventSource {
  SourceKind kind = SourceKind::sqs;
  std::string name{};  ///< "OrderFunction.Orders", or the logical id of the mapping
  Place place{};
  LambdaFunction function{};
  std::optional<SourceQueue> queue{};  ///< when the template declares it
  Setting<bool> fifo{};                ///< of a queue, declared or not

  Setting<bool> reports_failures{};
  Setting<std::int64_t> batch_size{};
  Setting<std::int64_t> batching_window{};
  Setting<std::int64_t> maximum_concurrency{.value = defaults::unlimited};  ///< of a queue
  Setting<std::int64_t> retry_attempts{.value = defaults::endless};         ///< of a stream, as all below
  Setting<std::int64_t> record_age{.value = defaults::endless};
  Setting<bool> bisects{};
  Setting<bool> has_destination{};
  Setting<bool> destination_is_fifo{};
  Setting<std::int64_t> parallelization{.value = defaults::parallelization};
  Setting<std::int64_t> tumbling_window{};
  Setting<bool> starts_at_latest{};

  bool is_stream() const { return kind != SourceKind::sqs; }
};

std::string_view name_of(SourceKind kind) noexcept;

/// What could not be told, and therefore was not judged.
struct Note {
  Place place;
  std::string text;
};

struct EventSources {
  std::vector<EventSource> sources;
  std::vector<Note> notes;  ///< some perhaps twice
};

/// Every event source of a template that `read_template` gave, of SQS, Kinesis and DynamoDB Streams. Other
/// sources are left out.
EventSources read_event_sources(const Node& root);

}  // namespace batchproof::lint
