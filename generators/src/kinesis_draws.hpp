#pragma once

// Draws the records of a Kinesis stream: the constructor what all records of a batch share, `draw` one of
// them.
//
//     const KinesisDraws source_draws(text, traits);
//     fixtures::KinesisMessage message = source_draws.draw(text, record);
//     set_payload(message, *edits.payload, choices, record);

#include <array>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <string>
#include <vector>

#include "batch_plan.hpp"
#include "group_names.hpp"
#include "odd_fields.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class KinesisDraws {
 public:
  KinesisDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::KinesisMessage draw(TextDraws& draws, const RecordPlan& record) const;

  /// All texts of a record that contain its sequence number.
  static std::vector<std::string> numbered_texts(const RecordPlan& record) {
    return {record.sequence_number};
  }

  static constexpr std::array odd_fields{
      OddField{"/kinesis/data", "kinesis.data", OddKind::base64},
      OddField{"/kinesis/data", "kinesis.data", OddKind::base64},
      OddField{"/kinesis/approximateArrivalTimestamp", "kinesis.approximateArrivalTimestamp",
               OddKind::seconds},
      OddField{"/kinesis/kinesisSchemaVersion", "kinesis.kinesisSchemaVersion", OddKind::text},
      OddField{"/kinesis/encryptionType", "kinesis.encryptionType", OddKind::text},
      OddField{"/invokeIdentityArn", "invokeIdentityArn", OddKind::text},
      OddField{"/eventSourceARN", "eventSourceARN", OddKind::text}};

 private:
  GroupNames partition_keys_;
  std::string shard_id_;
  bool of_pipe_;
  Place place_;
  AscendingTimes times_;
  std::string stream_arn_{};
  std::string role_arn_{};
  bool aggregates_ = false;  ///< the producer puts several of its records into one

  /// Every second record arrived before the one ahead of it (Kinesis API reference, "GetRecords": no
  /// guarantee that the time is always increasing).
  bool times_go_back_ = false;
};

template <>
struct DrawsOf<KinesisStreamRecord> {
  using type = KinesisDraws;
};

/// Replaces the drawn payload by one of the caller's.
void set_payload(fixtures::KinesisMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
