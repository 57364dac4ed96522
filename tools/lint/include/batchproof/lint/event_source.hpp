#pragma once

// An event source of a template with all that the rules need: its settings, queue, function and dead-letter
// queue.
//
//   if (source.bisects.is(false)) warn(source.place);

#include <batchproof/lint/node.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// Where the value of a property comes from.
enum class Origin { by_default, given, unresolved };

/// A property at deployment: the value in the template, or else the service's default.
template <class T>
struct Setting {
  T value{};
  Origin origin = Origin::by_default;
  Place place{};  ///< where the template gives it

  /// False when the value is known only at deployment: then no rule may judge it.
  bool is_known() const { return origin != Origin::unresolved; }
  bool is_given() const { return origin == Origin::given; }

  /// Where the template gives it, or else this place.
  Place place_or(const Place& other) const { return is_given() ? place : other; }

  /// True when the value is known and equals this one.
  bool is(const T& other) const { return is_known() && value == other; }
};

using Number = Setting<std::int64_t>;
using Flag = Setting<bool>;

/// The defaults of the services; times are in seconds.
namespace defaults {
inline constexpr std::int64_t function_timeout = 3;
inline constexpr std::int64_t visibility_timeout = 30;
inline constexpr std::int64_t retention = 345'600;
inline constexpr std::int64_t max_receive_count = 10;
inline constexpr std::int64_t queue_batch = 10;
inline constexpr std::int64_t stream_batch = 100;
inline constexpr std::int64_t stream_retention = 86'400;
inline constexpr std::int64_t endless = -1;
inline constexpr std::int64_t parallelization = 1;
inline constexpr std::int64_t unlimited = -1;  ///< our own: no such limit
}  // namespace defaults

/// A table of handled records. A variable in the function's environment with IDEMPOTENCY in its name names
/// it.
struct IdempotencyTable {
  std::string name{};
  Place place{};
  Setting<std::string> expiry_attribute{};  ///< of its time to live; empty without one that is enabled
  Flag has_keys_of_text{};                  ///< its partition key is a string, and so is a sort key

  /// The actions of DynamoDB on the table that the function's role allows, in lower case.
  Setting<std::vector<std::string>> actions{};
  bool may_use_every_table = false;
};

struct LambdaFunction {
  std::string name{};
  std::optional<IdempotencyTable> idempotency_table{};
  Number timeout{.value = defaults::function_timeout};
  Number reserved_concurrency{.value = defaults::unlimited};
  bool has_own_dead_letter_queue = false;  ///< its own, for asynchronous invocations only
};

/// A property that needs an ARN, and the other text that the template gives.
struct WrongArn {
  Place place{};
  std::string property{};                   ///< "Queue of OrderFunction.Orders"
  std::string given{};                      ///< "the URL of the queue Orders"
  std::string instead{};                    ///< "Queue: !GetAtt Orders.Arn"
  bool is_plain_text_of_parameter = false;  ///< a `Ref` alone, to a text that is neither a URL nor an ARN
};

/// The redrive policy of a queue.
struct DeadLetterQueue {
  std::string name{};
  Place place{};  ///< of the redrive policy
  bool is_the_source = false;
  Number max_receive_count{.value = defaults::max_receive_count};
  Flag fifo{};
  Number retention{.value = defaults::retention};
};

/// A queue that a template declares.
struct SourceQueue {
  std::string name{};
  Place place{};
  Number visibility_timeout{.value = defaults::visibility_timeout};
  Number retention{.value = defaults::retention};
  Flag has_dead_letter_queue{};
  std::optional<DeadLetterQueue> dead_letter_queue{};  ///< when it has one, or may have one
  bool is_made_by_sam = false;  ///< SAM makes it for an SNS event, so that the template cannot configure it
};

/// `stream` is a stream of Kinesis or DynamoDB, when its mapping does not show which.
enum class SourceKind { sqs, kinesis, dynamodb, stream, kafka };

/// A property that this kind of source does not have.
struct ForeignSetting {
  std::string property;
  Place place;
};

/// The filters of an event source, which select some of its records.
struct Filters {
  std::string text{};    ///< equal for equal filters; empty without any
  bool is_known = true;  ///< false when they are known only at deployment, or differ between deployments
  Place place{};
};

/// An event of a SAM function, an `AWS::Lambda::EventSourceMapping` or a pipe of EventBridge: it reads from a
/// queue or stream, and calls a function or another target. It holds the function and the queue too.
struct EventSource {
  SourceKind kind = SourceKind::sqs;
  bool is_pipe = false;
  std::string name{};  ///< "OrderFunction.Orders", or the logical id of the mapping or pipe
  Place place{};
  std::string condition{};  ///< the condition of the resource; empty when there is none
  LambdaFunction function{};
  std::optional<LambdaFunction> enrichment{};  ///< the function that a pipe calls before its target
  std::optional<SourceQueue> queue{};          ///< when a template declares it
  std::string origin{};                        ///< equal for the same queue or stream; empty when not known
  std::string origin_name{};                   ///< its name in the template
  Flag fifo{};                                 ///< of a queue, whether the template declares it or not
  Flag enabled{.value = true};
  Filters filters{};

  Flag reports_failures{};
  Flag response_types_are_a_list{.value = true};
  bool can_set_response_types = true;  ///< false for a mapping that SAM makes for an SNS event
  Number batch_size{};
  Number batching_window{};
  Number maximum_concurrency{.value = defaults::unlimited};  ///< of a queue
  Flag provisioned_pollers{};
  Number minimum_pollers{};  ///< of a queue or Kafka with provisioned pollers
  Number maximum_pollers{};
  Number retry_attempts{.value = defaults::endless};  ///< of a stream or Kafka, as all below
  Number record_age{.value = defaults::endless};
  Flag bisects{};
  Flag has_destination{};
  Flag destination_is_fifo{};
  Number parallelization{.value = defaults::parallelization};
  Number tumbling_window{};
  Setting<std::string> starting_position{};
  bool has_starting_time = false;
  Number stream_retention{.value = defaults::stream_retention};

  Setting<std::string> source_property{};  ///< "Queue"; by default when it is not given
  std::string kind_of_given_source{};      ///< "a Kinesis stream", when it differs from the event's type
  std::vector<WrongArn> wrong_arns{};
  std::vector<ForeignSetting> foreign_settings{};

  /// Whether records come in shards or partitions, and a failed batch blocks later ones.
  bool has_shards() const { return kind != SourceKind::sqs; }

  /// False for a pipe that invokes its function asynchronously, or may: a message is deleted before it is
  /// handled.
  bool waits_for_answer() const { return !is_pipe || reports_failures.is(true); }

  /// Whether the function has a dead-letter queue of its own that gets no records of this event source.
  bool has_unused_dead_letter_queue() const {
    return function.has_own_dead_letter_queue && waits_for_answer();
  }
};

std::string_view name_of(SourceKind kind) noexcept;

/// "an SQS queue", "a Kafka cluster" and so on.
std::string_view in_words(SourceKind kind) noexcept;

/// A fact that is known only at deployment, and therefore was not judged.
struct Note {
  Place place;
  std::string text;
};

}  // namespace batchproof::lint
