#pragma once

#include <batchproof/fixtures/sqs_message.hpp>
#include <cstddef>
#include <string>

#include "batch_plan.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class SqsDraws {
 public:
  SqsDraws(TextDraws& draws, const BatchTraits& traits, const BatchOptions& options, bool fifo);
  fixtures::SqsMessage draw(TextDraws& draws, const RecordPlan& record) const;

 private:
  GroupNames groups_;
  bool fifo_;
  bool fair_queue_;
};

/// As a FIFO queue gives them: 20 digits, ascending with the message's number.
std::string fifo_sequence_number(std::size_t number);

/// Puts a payload of the caller's in place of the drawn one.
void set_payload(fixtures::SqsMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
