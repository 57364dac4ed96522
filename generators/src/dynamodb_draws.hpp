#pragma once

// Draws the records of a DynamoDB stream: the constructor what all records of a batch share, `draw` one of
// them.
//
//     const DynamoDbDraws source_draws(text, traits);
//     fixtures::DynamoDbChange change = source_draws.draw(text, record);
//     set_payload(change, *edits.payload, choices, record);

#include <array>
#include <batchproof/fixtures/dynamodb_change.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch_plan.hpp"
#include "group_names.hpp"
#include "odd_fields.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class DynamoDbDraws {
 public:
  DynamoDbDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::DynamoDbChange draw(TextDraws& draws, const RecordPlan& record) const;

  /// All texts of a record that contain its sequence number.
  static std::vector<std::string> numbered_texts(const RecordPlan& record) {
    return {record.sequence_number, fixtures::dynamodb_event_id_of(record.sequence_number)};
  }

  static constexpr std::array odd_fields{
      OddField{"/dynamodb/NewImage", "dynamodb.NewImage", OddKind::item},
      OddField{"/dynamodb/NewImage", "dynamodb.NewImage", OddKind::item},
      OddField{"/dynamodb/OldImage", "dynamodb.OldImage", OddKind::item},
      OddField{"/dynamodb/ApproximateCreationDateTime", "dynamodb.ApproximateCreationDateTime",
               OddKind::seconds_by_size, "/dynamodb/ApproximateCreationDateTimePrecision"},
      OddField{"/dynamodb/SizeBytes", "dynamodb.SizeBytes", OddKind::whole_number},
      OddField{"/dynamodb/StreamViewType", "dynamodb.StreamViewType", OddKind::text},
      OddField{"/eventVersion", "eventVersion", OddKind::text},
      OddField{"/eventSourceARN", "eventSourceARN", OddKind::text}};

 private:
  fixtures::Item draw_keys(TextDraws& draws, const RecordPlan& record) const;
  std::pair<std::string, std::string> keys_that_join_alike(std::size_t group) const;

  GroupNames partition_keys_;
  std::string view_type_;
  bool of_pipe_;
  std::string_view sort_key_{};  ///< the name of the sort key; empty: the table has none
  AttributeValue::Type sort_type_ = AttributeValue::Type::string;
  bool sort_key_decides_ = false;                ///< all items share the partition key
  std::optional<std::string_view> joined_by_{};  ///< keys differ, and are one text with this between them
  std::string_view first_digits_{};    ///< of the sort keys that are numbers; a double holds no more digits
  bool sort_key_comes_first_ = false;  ///< where the keys are joined
  std::string table_arn_{};
  std::string_view region_{};
  AscendingTimes times_{};
};

template <>
struct DrawsOf<DynamoDbRecord> {
  using type = DynamoDbDraws;
};

/// Replaces the drawn payload by one of the caller's.
void set_payload(fixtures::DynamoDbChange& change, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
