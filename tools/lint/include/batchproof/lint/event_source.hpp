#pragma once

// An event source of a template with all that the rules ask about it: its settings, queue, function and
// dead-letter queue.
//
//   if (source.bisects.is(false)) warn(source.place);

#include <batchproof/lint/node.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// A property as it will be: the value that the template gives, or else the service's default.
template <class T>
struct Setting {
  enum class Origin { by_default, given, unresolved };

  T value{};
  Origin origin = Origin::by_default;
  Place place{};  ///< where it is given

  /// False when only a deployment knows: no rule may judge it then.
  bool is_known() const { return origin != Origin::unresolved; }
  bool is_given() const { return origin == Origin::given; }

  /// Known, and this value.
  bool is(const T& other) const { return is_known() && value == other; }
};

using Number = Setting<std::int64_t>;
using Flag = Setting<bool>;

/// The defaults of the services, in seconds where they are times.
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

/// A table that keeps what was handled. The function knows it by a variable of its environment with
/// IDEMPOTENCY in its name.
struct IdempotencyTable {
  std::string name{};
  Place place{};
  Setting<std::string> expiry_attribute{};  ///< of its time to live; empty without one that is enabled
  Flag has_one_text_key{};                  ///< a partition key that is a string, and no sort key

  /// The actions of DynamoDB on it that the function's role allows, in lower case.
  Setting<std::vector<std::string>> actions{};
  bool may_use_every_table = false;
};

struct LambdaFunction {
  std::string name{};
  std::optional<IdempotencyTable> idempotency_table{};
  Number timeout{.value = defaults::function_timeout};
  Number reserved_concurrency{.value = defaults::unlimited};
  bool has_own_dead_letter_queue = false;  ///< which is for asynchronous invocations alone
};

/// An ARN that is needed, and another text that is given in its place.
struct WrongArn {
  Place place{};
  std::string property{};  ///< "Queue of OrderFunction.Orders"
  std::string given{};     ///< "the URL of the queue Orders"
  std::string instead{};   ///< "Queue: !GetAtt Orders.Arn"
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
  bool is_made_by_sam = false;  ///< of an SNS event, so that the template cannot set anything of it
};

/// `stream` is a stream of Kinesis or DynamoDB: its mapping does not say which.
enum class SourceKind { sqs, kinesis, dynamodb, stream, kafka };

/// A property that is not for this kind of source.
struct ForeignSetting {
  std::string property;
  Place place;
};

/// The filters of an event source, which let a part of its records through.
struct Filters {
  std::string text{};  ///< the same for the same filters; empty without any
  Place place{};
};

/// An event of a SAM function, an `AWS::Lambda::EventSourceMapping` or a pipe of EventBridge: it reads from a
/// queue or stream, and calls a function or another target. It is joined with the function and with the
/// queue.
struct EventSource {
  SourceKind kind = SourceKind::sqs;
  bool is_pipe = false;
  std::string name{};  ///< "OrderFunction.Orders", or the logical id of the mapping or pipe
  Place place{};
  std::string condition{};  ///< that the resource has; empty when it is always there
  LambdaFunction function{};
  std::optional<SourceQueue> queue{};  ///< when a template declares it
  std::string origin{};       ///< the queue or stream, the same for the same one; empty when not known
  std::string origin_name{};  ///< as the template calls it
  Flag fifo{};                ///< of a queue, declared or not
  Flag enabled{.value = true};
  Filters filters{};

  Flag reports_failures{};
  Flag response_types_are_a_list{.value = true};
  bool can_set_response_types = true;  ///< false for a mapping that SAM makes of an SNS event
  Number batch_size{};
  Number batching_window{};
  Number maximum_concurrency{.value = defaults::unlimited};  ///< of a queue
  Flag provisioned_pollers{};
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
  std::string kind_of_given_source{};  ///< "a Kinesis stream", when it is another kind than the event's type
  std::vector<WrongArn> wrong_arns{};
  std::vector<ForeignSetting> foreign_settings{};

  /// Whether records come in shards or partitions, and a failed batch blocks what comes behind it.
  bool is_stream() const { return kind != SourceKind::sqs; }
};

std::string_view name_of(SourceKind kind) noexcept;

/// A fact that is known only at deployment, and therefore was not judged.
struct Note {
  Place place;
  std::string text;
};

}  // namespace batchproof::lint
