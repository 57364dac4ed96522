#pragma once

#include <batchproof/fixtures/sqs_message.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "batch_plan.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class SqsDraws {
 public:
  SqsDraws(TextDraws& draws, const BatchTraits& traits, const BatchOptions& options, bool fifo);
  fixtures::SqsMessage draw(TextDraws& draws, const RecordPlan& record) const;

  /// All texts of a record that are made of its number.
  std::vector<std::string> numbered_texts(const RecordPlan& record) const;

 private:
  std::string message_id(std::size_t number) const;
  std::chrono::milliseconds sent_in_order(std::size_t number) const;

  GroupNames groups_;
  bool fifo_;
  bool fair_queue_;
  bool odd_ids_;
  std::uint64_t ids_;                    ///< what the UUIDs of this batch are made of; 0: plain ones
  std::chrono::milliseconds sent_from_;  ///< the time of the first message at the earliest
};

/// Puts a payload of the caller's in place of the drawn one.
void set_payload(fixtures::SqsMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
