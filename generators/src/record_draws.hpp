#pragma once

#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstddef>
#include <vector>

#include "batch_plan.hpp"
#include "text_draws.hpp"

namespace batchproof::generators {

// A planned batch as values, one a record, in order.

std::vector<fixtures::SqsMessage> draw_sqs_messages(TextDraws& draws, const std::vector<RecordPlan>& plan,
                                                    bool fifo);
std::vector<fixtures::KinesisMessage> draw_kinesis_messages(TextDraws& draws,
                                                            const std::vector<RecordPlan>& plan);
std::vector<fixtures::DynamoDbChange> draw_dynamodb_changes(TextDraws& draws,
                                                            const std::vector<RecordPlan>& plan);

}  // namespace batchproof::generators
