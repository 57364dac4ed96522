#pragma once

// Draws the messages of a queue: the constructor what all records of a batch share, `draw` one of them.
//
//     const SqsDraws source_draws(text, traits);
//     fixtures::SqsMessage message = source_draws.draw(text, record);
//     set_payload(message, *edits.payload, choices, record);

#include <array>
#include <batchproof/fixtures/sqs_message.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch_plan.hpp"
#include "group_names.hpp"
#include "near_names.hpp"
#include "odd_fields.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class SqsDraws {
 public:
  SqsDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::SqsMessage draw(TextDraws& draws, const RecordPlan& record) const;

  /// All texts of a record that contain its number.
  std::vector<std::string> numbered_texts(const RecordPlan& record) const;

  static constexpr std::array odd_fields{
      OddField{"/receiptHandle", "receiptHandle", OddKind::text},
      OddField{"/attributes/SenderId", "attributes.SenderId", OddKind::text},
      OddField{"/attributes/SentTimestamp", "attributes.SentTimestamp", OddKind::digits_of_milliseconds},
      OddField{"/attributes/ApproximateFirstReceiveTimestamp", "attributes.ApproximateFirstReceiveTimestamp",
               OddKind::digits_of_milliseconds},
      OddField{"/attributes/SequenceNumber", "attributes.SequenceNumber", OddKind::text},
      OddField{"/attributes/MessageDeduplicationId", "attributes.MessageDeduplicationId", OddKind::text},
      OddField{"/attributes/AWSTraceHeader", "attributes.AWSTraceHeader", OddKind::text},
      OddField{"/md5OfBody", "md5OfBody", OddKind::text},
      OddField{"/awsRegion", "awsRegion", OddKind::text}};

 private:
  /// The way in which the message ids of a batch differ.
  enum class Ids {
    anywhere,
    in_the_last_digits,
    in_the_first_digits,
    not_in_a_sum,  ///< each even one has the same CRC32 or FNV-1a as the next
  };

  static Ids draw_ids(TextDraws& draws);
  void draw_queue(TextDraws& draws);
  std::string message_id(std::size_t number) const;
  std::string sequence_number(std::size_t number) const;
  std::string deduplication_id(TextDraws& draws, std::size_t number) const;
  std::chrono::milliseconds sent_in_order(std::size_t number) const;
  std::chrono::milliseconds received_in_order(std::size_t number) const;

  bool fifo_;
  bool fair_queue_;
  std::optional<GroupNames> groups_{};  ///< of a queue whose messages have some
  bool odd_ids_;
  std::uint64_t ids_;  ///< base of this batch's ids, which no other batch has; 0: plain ids
  Ids how_ids_differ_;
  NearPair id_fronts_{};
  NearSeries deduplication_ids_{};
  std::string first_digits_{};         ///< of sequence numbers
  std::uint64_t last_digits_ = 0;      ///< of the first sequence number
  std::uint64_t sequence_step_ = 256;  ///< from one sequence number to the next
  std::string queue_arn_{};
  std::string source_arn_{};  ///< of the queue whose dead letters this one gets
  std::string_view region_{};
  std::chrono::milliseconds sent_from_;  ///< the earliest time of the first message
};

template <>
struct DrawsOf<SqsRecord> {
  using type = SqsDraws;
};

/// Replaces the drawn payload by one of the caller's.
void set_payload(fixtures::SqsMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
