#pragma once

#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstddef>
#include <string>

#include "batch_plan.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

// What the records of one batch have in common is drawn first, then each record as a value.

struct BatchTraits {
  bool plain_names = false;  ///< the names of groups differ in their numbers alone
};

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

class KinesisDraws {
 public:
  KinesisDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::KinesisMessage draw(TextDraws& draws, const RecordPlan& record) const;

 private:
  GroupNames partition_keys_;
  std::string shard_id_;
  bool aggregates_ = false;  ///< the producer puts several of its records into one
};

class DynamoDbDraws {
 public:
  DynamoDbDraws(TextDraws& draws, const BatchTraits& traits);
  fixtures::DynamoDbChange draw(TextDraws& draws, const RecordPlan& record) const;

 private:
  GroupNames partition_keys_;
  std::string view_type_;
};

}  // namespace batchproof::generators
