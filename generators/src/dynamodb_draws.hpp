#pragma once

#include <batchproof/fixtures/dynamodb_change.hpp>
#include <string>

#include "batch_plan.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class DynamoDbDraws {
 public:
  DynamoDbDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::DynamoDbChange draw(TextDraws& draws, const RecordPlan& record) const;

 private:
  GroupNames partition_keys_;
  std::string view_type_;
};

/// Puts a payload of the caller's in place of the drawn one.
void set_payload(fixtures::DynamoDbChange& change, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
