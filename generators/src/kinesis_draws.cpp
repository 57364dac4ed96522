#include <string>

#include "record_draws.hpp"

namespace batchproof::generators {

std::vector<fixtures::KinesisMessage> draw_kinesis_messages(TextDraws& text,
                                                            const std::vector<RecordPlan>& plan) {
  std::vector<std::string> partition_keys;
  for (std::size_t group = 0; group <= most_groups; ++group)
    partition_keys.push_back(draw_name(text, "key-", group));
  std::vector<fixtures::KinesisMessage> messages;
  messages.reserve(plan.size());
  for (const RecordPlan& record : plan) {
    fixtures::KinesisMessage& message = messages.emplace_back();
    message.sequence_number = record.sequence_number;
    message.data = draw_bytes(text);
    message.partition_key = partition_keys[record.group.value_or(most_groups)];
    if (text.plain) continue;
    message.approximate_arrival_timestamp += std::chrono::milliseconds(text.draws.below(1'000'000));
    if (text.draws.one_in(4)) message.encryption_type = text.draws.one_in(2) ? "KMS" : "NONE";
  }
  return messages;
}

}  // namespace batchproof::generators
