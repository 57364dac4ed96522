#pragma once

// Draws the records of Kafka: the constructor what all records of a batch share, `draw` one of them.
//
//     const KafkaDraws source_draws(text, traits);
//     fixtures::KafkaMessage message = source_draws.draw(text, record);
//     set_payload(message, *edits.payload, choices, record);

#include <array>
#include <batchproof/fixtures/kafka_message.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "batch_plan.hpp"
#include "odd_fields.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class KafkaDraws {
 public:
  KafkaDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::KafkaMessage draw(TextDraws& draws, const RecordPlan& record) const;

  /// The texts of a record that depend on its number.
  std::vector<std::string> numbered_texts(const RecordPlan& record) const;

  static constexpr std::array odd_fields{OddField{"/value", "value", OddKind::base64},
                                         OddField{"/key", "key", OddKind::base64},
                                         OddField{"/timestamp", "timestamp", OddKind::milliseconds},
                                         OddField{"/timestampType", "timestampType", OddKind::text}};

 private:
  std::int64_t partition_of(const RecordPlan& record) const;
  std::int64_t offset_of(const RecordPlan& record) const;

  std::string topic_;
  std::int64_t first_partition_ = 0;
  std::int64_t first_offset_ = 0;
  bool shares_offsets_ = false;  ///< some partitions have equal offsets
  bool joins_alike_ = false;     ///< partition and offset make one text for two records
  std::size_t number_behind_gap_ = 0;
  std::int64_t gap_ = 0;  ///< so many offsets are those of no record
  bool has_schemas_ = false;
  bool has_append_times_ = false;  ///< a setting of the topic
  std::vector<std::string> keys_;  ///< of all records that have one; empty: each draws its own
};

template <>
struct DrawsOf<KafkaRecord> {
  using type = KafkaDraws;
};

/// Replaces the drawn payload by one of the caller's.
void set_payload(fixtures::KafkaMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
