#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/world.hpp>
#include <stdexcept>
#include <string_view>

#include "longest_timeout.hpp"

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view mapping_page = "\"CreateEventSourceMapping\", AWS Lambda API reference";
constexpr std::string_view visibility_page = "\"Amazon SQS visibility timeout\", Amazon SQS developer guide";
constexpr std::string_view timeout_page = "\"Configure Lambda function timeout\", AWS Lambda developer guide";
constexpr std::string_view queue_page = "\"Using Lambda with Amazon SQS\", AWS Lambda developer guide";

std::string text(std::size_t number) { return std::to_string(number); }
std::string text(milliseconds time) { return std::to_string(time.count()) + " ms"; }

void demand(bool is_possible, const std::string& sentence, std::string_view page = {}) {
  if (is_possible) return;
  throw ImpossibleWorld("impossible world: " + sentence +
                        (page.empty() ? "" : " (" + std::string(page) + ")"));
}

/// Refuses a time that is not a multiple of the unit that AWS accepts.
void demand_whole(milliseconds time, milliseconds unit, const std::string& name, std::string_view page) {
  demand(time % unit == milliseconds(0),
         name + " is " + text(time) + ", and AWS takes whole " +
             (unit == std::chrono::seconds(1) ? "seconds" : "hours"),
         page);
}

void demand_rate(double rate, const std::string& name) {
  demand(rate >= 0 && rate <= 1, name + " is " + std::to_string(rate) + ", and rates are from 0 to 1");
}

void demand_faults(const World& world) {
  const Faults& faults = world.faults;
  demand_rate(faults.flaky_rate, "flaky_rate");
  demand_rate(faults.crash_rate, "crash_rate");
  demand_rate(faults.timeout_rate, "timeout_rate");
  demand_rate(faults.lost_response_rate, "lost_response_rate");
  demand_rate(faults.duplicate_rate, "duplicate_rate");
  demand_rate(faults.malformed_response_rate, "malformed_response_rate");
  demand_rate(faults.resend_rate, "resend_rate");
  demand_rate(
      faults.crash_rate + faults.timeout_rate + faults.lost_response_rate + faults.malformed_response_rate,
      "the sum of crash_rate, timeout_rate, lost_response_rate and malformed_response_rate");
  demand(faults.poison <= world.messages,
         "poison is " + text(faults.poison) + " of " + text(world.messages) + " messages");
  demand(faults.flaky_rate == 0 || faults.flaky_failures > 0, "flaky_failures is 0, and flaky_rate is not");
  demand(faults.heal_after.count() >= 0, "heal_after is negative");
}

void demand_record_fields(const World& world) {
  try {
    const fixtures::RecordFields fields("record_fields", world.source, world.record_fields);
  } catch (const std::invalid_argument& error) {
    demand(false, error.what());
  }
}

void demand_retention(const World& world, milliseconds retention) {
  const fixtures::Retention& allowed = fixtures::info_of(world.source).retention;
  demand(retention >= allowed.shortest && retention <= allowed.longest,
         "retention is " + text(retention) + ", and " + std::string(allowed.sentence), allowed.aws_page);
  demand_whole(retention, allowed.unit, "retention", allowed.aws_page);
}

void demand_queue(const World& world) {
  const Queue& queue = world.queue;
  const fixtures::SourceInfo& info = fixtures::info_of(world.source);
  const bool is_fifo = fixtures::is_fifo_queue(world.source);
  demand(*world.batch_size <= info.largest_batch,
         "batch_size is " + text(*world.batch_size) + ", and a " + (is_fifo ? "FIFO" : "standard") +
             " queue allows " + text(info.largest_batch),
         queue_page);
  demand(!is_fifo || world.batch_window->count() == 0, "a FIFO queue allows no batch_window", queue_page);
  demand(is_fifo || *world.batch_size <= 10 || *world.batch_window >= std::chrono::seconds(1),
         "batch_size is above 10, which needs a batch_window of 1 s at least", mapping_page);
  demand(queue.visibility_timeout >= world.function_timeout,
         "visibility_timeout is " + text(queue.visibility_timeout) + ", below the function_timeout of " +
             text(world.function_timeout) + ": messages would be delivered again while they are handled",
         queue_page);
  demand(queue.visibility_timeout <= std::chrono::hours(12), "visibility_timeout is above 12 hours",
         visibility_page);
  demand_whole(queue.visibility_timeout, std::chrono::seconds(1), "visibility_timeout", visibility_page);
  demand(!queue.max_receive_count || (*queue.max_receive_count >= 1 && *queue.max_receive_count <= 1000),
         "max_receive_count is not from 1 to 1,000",
         "\"Using dead-letter queues in Amazon SQS\", Amazon SQS developer guide");
  demand_retention(world, queue.retention);
  demand(queue.concurrency > 0 && queue.concurrency <= 1'000,
         "concurrency is " + text(queue.concurrency) + ", and is not from 1 to 1,000",
         "\"Configuring scaling behavior for SQS event source mappings\", AWS Lambda developer guide");
}

void demand_stream(const World& world) {
  const Stream& stream = world.stream;
  demand(*world.batch_size <= 10'000,
         "batch_size is " + text(*world.batch_size) + ", and a stream allows 10,000", mapping_page);
  demand(*stream.shards > 0, "shards is 0, and a stream has one at least");
  demand(stream.parallelization_factor >= 1 && stream.parallelization_factor <= 10,
         "parallelization_factor is not from 1 to 10", mapping_page);
  demand(world.source != fixtures::Source::kafka || stream.parallelization_factor == 1,
         "parallelization_factor is above 1, and Kafka has none", mapping_page);
  if (fixtures::has_windows(world.source)) {
    demand(stream.tumbling_window >= std::chrono::seconds(1) &&
               stream.tumbling_window <= std::chrono::seconds(900),
           "tumbling_window is not from 1 to 900 s", mapping_page);
    demand_whole(stream.tumbling_window, std::chrono::seconds(1), "tumbling_window", mapping_page);
    demand(stream.parallelization_factor == 1,
           "parallelization_factor is above 1, and the simulator gives a window to a whole shard");
  }
  demand(stream.maximum_retry_attempts >= -1 && stream.maximum_retry_attempts <= 10'000,
         "maximum_retry_attempts is not from -1 to 10,000", mapping_page);
  demand(!stream.maximum_record_age || (*stream.maximum_record_age >= std::chrono::seconds(60) &&
                                        *stream.maximum_record_age <= std::chrono::seconds(604'800)),
         "maximum_record_age is not from 60 s to 604,800 s", mapping_page);
  demand_whole(stream.maximum_record_age.value_or(milliseconds(0)), std::chrono::seconds(1),
               "maximum_record_age", mapping_page);
  demand_retention(world, stream.retention);
}

void demand_pipe(const World& world) {
  constexpr std::string_view pipes_page =
      "\"Amazon EventBridge Pipes batching and concurrency\", EventBridge user guide";
  demand(world.report_batch_item_failures,
         "report_batch_item_failures is false, and a pipe always reads the response", pipes_page);
  demand(world.function_timeout <= longest_timeout(world.source),
         "function_timeout is " + text(world.function_timeout) +
             ", and a pipe ends an execution after 5 minutes",
         pipes_page);
}

}  // namespace

void refuse_impossible(const World& given) {
  const World world = with_defaults(given);
  demand_record_fields(world);
  if (fixtures::is_pipe(world.source)) demand_pipe(world);
  demand(*world.batch_size > 0, "batch_size is 0, and a batch holds one record at least", mapping_page);
  demand(world.batch_window->count() >= 0 && *world.batch_window <= std::chrono::seconds(300),
         "batch_window is not from 0 to 300 s", mapping_page);
  demand_whole(*world.batch_window, std::chrono::seconds(1), "batch_window", mapping_page);
  demand(world.payload_limit > 0 && world.payload_limit <= std::size_t{6} * 1024 * 1024,
         "payload_limit is not above 0 and up to 6 MB", "\"Lambda quotas\", AWS Lambda developer guide");
  demand(world.function_timeout >= std::chrono::seconds(1) &&
             world.function_timeout <= longest_timeout(world.source),
         "function_timeout is not from 1 to 900 s", timeout_page);
  demand_whole(world.function_timeout, std::chrono::seconds(1), "function_timeout", timeout_page);
  demand(world.handler_time->count() >= 0 && world.sent_every.count() >= 0,
         "handler_time or sent_every is negative");
  demand(world.groups > 0, "groups is 0, and every message belongs to one");
  demand_faults(world);
  if (fixtures::has_shards(world.source)) {
    demand_stream(world);
  } else {
    demand_queue(world);
  }
}

}  // namespace batchproof::simulator
