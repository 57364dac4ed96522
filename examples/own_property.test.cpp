// Your own properties, over random batches.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/generators/arbitrary.hpp>
#include <stdexcept>

namespace bp = batchproof;

TEST(OwnProperty, AFifoQueueGetsBackAllFromTheFirstFailureOn) {
  EXPECT_TRUE(rc::check([](const bp::generators::SqsFifoBatch& batch) {
    const auto handle = [&](const bp::SqsRecord& record) {
      if (batch.records[record.index()].rejected) throw std::runtime_error("rejected");
    };
    const bp::SqsFifoPartialProcessor processor{{.raise_on_entire_batch_failure = false}};
    const auto event = bp::decode<bp::SqsRecord>(batch.payload());
    const auto reported = processor.process(event, handle).response().item_identifiers();

    const std::size_t first_failure = std::min(batch.pattern().find('x'), batch.records.size());
    RC_ASSERT(reported.size() == batch.records.size() - first_failure);
  }));
}

TEST(OwnProperty, EachFailureOfALargeBatchCounts) {
  EXPECT_TRUE(rc::check([] {
    const auto batch = *bp::generators::kinesis_batch({.largest_batch = 1000,
                                                       .smallest_batch = 1000,
                                                       .shuffled_sequence_numbers = true,
                                                       .failure_rate = 0.05});
    const auto handle = [&](const bp::KinesisStreamRecord& record) {
      if (batch.records[record.index()].rejected) throw std::runtime_error("rejected");
    };
    const bp::BatchProcessor<bp::KinesisStreamRecord> processor;
    const auto event = bp::decode<bp::KinesisStreamRecord>(batch.payload());
    const auto processed = processor.process(event, handle);
    for (const auto& message : processed.messages()) {
      RC_ASSERT((message.status == bp::Status::failure) == batch.records[message.record.index()].rejected);
    }
  }));
}
