#include <batchproof/fixtures/aggregated_data.hpp>
#include <string>
#include <utility>
#include <vector>

#include "kinesis_draws.hpp"

namespace batchproof::generators {
namespace {

std::string draw_shard_id(TextDraws& text) {
  const std::string digits = std::to_string(text.plain ? 6 : text.draws.below(10'000));
  return "shardId-" + std::string(12 - digits.size(), '0') + digits;
}

std::string draw_aggregated_data(TextDraws& text) {
  std::vector<fixtures::UserRecord> records(text.draws.between(1, 4));
  for (fixtures::UserRecord& record : records) {
    record.partition_key = draw_name(text, "user-", text.draws.below(2), Alphabet::unicode);
    record.data = draw_bytes(text);
    if (text.draws.one_in(4)) record.explicit_hash_key = std::to_string(text.draws.below(3));
  }
  return fixtures::aggregated_data(records);
}

}  // namespace

KinesisDraws::KinesisDraws(TextDraws& text, const BatchTraits& traits)
    : partition_keys_(text, "key-", traits.plain_names, Alphabet::unicode),
      shard_id_(draw_shard_id(text)),
      of_pipe_(fixtures::is_pipe(traits.source)),
      place_(draw_place(text)),
      times_(text, traits) {
  stream_arn_ = arn(place_, "kinesis", "stream/lambda-stream");
  role_arn_ = arn({place_.partition, "", place_.account}, "iam", "role/lambda-role");
  aggregates_ = !text.plain && text.draws.one_in(4);
  times_go_back_ = !text.plain && text.draws.one_in(4);
}

fixtures::KinesisMessage KinesisDraws::draw(TextDraws& text, const RecordPlan& record) const {
  fixtures::KinesisMessage message;
  message.sequence_number = record.sequence_number;
  message.data = draw_bytes(text);
  message.partition_key = record.group ? partition_keys_.name(*record.group) : "key";
  message.shard_id = shard_id_;
  message.of_pipe = of_pipe_;
  message.event_source_arn = stream_arn_;
  message.aws_region = place_.region;
  message.invoke_identity_arn = role_arn_;
  if (text.plain) return message;
  if (aggregates_ && text.draws.one_in(2)) {
    std::string aggregated = draw_aggregated_data(text);
    if (aggregated.size() <= text.largest_size_bytes) message.data = std::move(aggregated);
  }
  if (record.largest_payload) message.data = draw_largest_text(text);
  message.approximate_arrival_timestamp += times_.of(times_go_back_ ? record.number ^ 1U : record.number);
  if (text.draws.one_in(4)) message.encryption_type = text.draws.one_in(2) ? "KMS" : "NONE";
  return message;
}

void set_payload(fixtures::KinesisMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record) {
  message.data = edit.draw_text(draws, record);
}

}  // namespace batchproof::generators
