#include "stream_events.hpp"

#include <fmt/format.h>

#include <batchproof/fixtures/aggregated_data.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <nlohmann/json.hpp>
#include <vector>

namespace batchproof::bench {
namespace {

std::string customer(std::size_t index) { return fmt::format("customer-{}", index % 10); }

}  // namespace

std::string aggregated_event(std::size_t aggregates, std::size_t user_records_of_each) {
  std::vector<fixtures::UserRecord> users;
  for (std::size_t index = 0; index < user_records_of_each; ++index)
    users.push_back({.partition_key = customer(index), .data = std::string(100, 'x')});
  const std::string data = fixtures::aggregated_data(users);
  std::vector<fixtures::KinesisMessage> messages;
  for (std::size_t index = 0; index < aggregates; ++index)
    messages.push_back({.sequence_number = std::to_string(1000 + index), .data = data});
  return fixtures::kinesis_event(messages);
}

Totals totals_of_ten() {
  Totals totals;
  for (std::size_t index = 0; index < 10; ++index) totals[customer(index)] = index;
  return totals;
}

std::string counted_event(std::size_t records) {
  std::vector<fixtures::KinesisMessage> messages;
  for (std::size_t index = 0; index < records; ++index)
    messages.push_back(
        {.sequence_number = std::to_string(1000 + index), .data = "order", .partition_key = customer(index)});
  return fixtures::kinesis_event(messages);
}

std::string window_event(std::size_t records) {
  std::string event = counted_event(records);
  event.pop_back();
  return event + R"(,"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":)" +
         nlohmann::json(totals_of_ten()).dump() +
         R"(,"shardId":"shardId-000000000006","eventSourceARN":"arn:aws:kinesis:us-east-1:1:stream/s",)"
         R"("isFinalInvokeForWindow":false,"isWindowTerminatedEarly":false})";
}

}  // namespace batchproof::bench
