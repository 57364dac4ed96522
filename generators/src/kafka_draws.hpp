#pragma once

#include <batchproof/fixtures/kafka_message.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "batch_plan.hpp"
#include "payload_edit.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

class KafkaDraws {
 public:
  KafkaDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::KafkaMessage draw(TextDraws& draws, const RecordPlan& record) const;

  /// The texts of a record that its number decides.
  std::vector<std::string> numbered_texts(const RecordPlan& record) const;

 private:
  std::int64_t offset_of(const RecordPlan& record) const;

  std::string topic_;
  std::int64_t first_offset_ = 0;
  bool shares_offsets_ = false;  ///< partitions have some of the same offsets
  bool has_schemas_ = false;
};

template <>
struct DrawsOf<KafkaRecord> {
  using type = KafkaDraws;
};

/// Puts a payload of the caller's in place of the drawn one.
void set_payload(fixtures::KafkaMessage& message, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record);

}  // namespace batchproof::generators
