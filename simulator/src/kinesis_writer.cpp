#include <batchproof/fixtures/kinesis_message.hpp>
#include <utility>

#include "record_writer.hpp"

namespace batchproof::simulator {

WriteRecord kinesis_writer(const World& world, std::vector<std::string> payloads) {
  return [value = fixtures::KinesisMessage(), parts = world.stream.parallelization_factor,
          payloads = std::move(payloads)](const Written& written) mutable {
    const Message& message = written.message;
    value.sequence_number = message.identifier;
    value.data = payloads[written.payload];
    value.partition_key = group_name(message.group);
    value.approximate_arrival_timestamp = began + message.sent_at;
    const std::size_t shard = message.shard_part / parts;
    value.shard_id = "shardId-" + std::to_string(1'000'000'000'000 + shard).substr(1);
    return to_case_record_without_fields(value);
  };
}

}  // namespace batchproof::simulator
