#pragma once

#include <batchproof/fixtures/dynamodb_change.hpp>
#include <string>
#include <vector>

#include "batch_plan.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class DynamoDbDraws {
 public:
  DynamoDbDraws(TextDraws& draws, const BatchTraits& traits, bool of_pipe);
  fixtures::DynamoDbChange draw(TextDraws& draws, const RecordPlan& record) const;

  /// All texts of a record that are made of its sequence number.
  static std::vector<std::string> numbered_texts(const RecordPlan& record) {
    return {record.sequence_number, fixtures::dynamodb_event_id_of(record.sequence_number)};
  }

 private:
  GroupNames partition_keys_;
  std::string view_type_;
  bool of_pipe_;
};

/// Puts a payload of the caller's in place of the drawn one.
void set_payload(fixtures::DynamoDbChange& change, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
