#pragma once

#include <batchproof/fixtures/record_types.hpp>

namespace batchproof::tools {

/// A record handler as users write them, for orders such as `{"order_id": "o-1001", "quantity": 2}`: the body
/// of a message, the data of a Kinesis record, or the new image of a DynamoDB item. It throws
/// `std::invalid_argument`, with a cause for people, for a payload that is not an order and for a quantity
/// that is missing or not above 0. It accepts a DynamoDB record without a new image.
struct SampleOrderHandler {
  template <fixtures::AnyRecord Record>
  void operator()(const Record& record) const;
};

}  // namespace batchproof::tools
