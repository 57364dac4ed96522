// Events of every source: made by hand, and out of the kit's files.

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/event_files.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/gtest.hpp>
#include <stdexcept>

namespace bp = batchproof;

namespace {

TEST(EventsByHand, NameOnlyTheFieldsThatCount) {
  const std::string fifo =
      bp::fixtures::sqs_fifo_event({{.message_id = "m1", .message_group_id = "customer-a"},
                                    {.message_id = "m2", .message_group_id = "customer-b"}});
  const std::string stream = bp::fixtures::kinesis_event(
      {{.sequence_number = "111", .data = "any bytes", .partition_key = "customer-a"}});
  const std::string changes = bp::fixtures::dynamodb_event(
      {{.sequence_number = "111", .new_image = bp::fixtures::item(R"({"quantity": {"N": "2"}})")},
       {.sequence_number = "222", .event_name = "REMOVE", .user_identity = bp::fixtures::UserIdentity{}}});

  const auto messages = bp::decode<bp::SqsRecord>(fifo);
  EXPECT_EQ(messages.records()[1].message_group_id(), "customer-b");
  const auto records = bp::decode<bp::KinesisStreamRecord>(stream);
  EXPECT_EQ(records.records()[0].data(), "any bytes");
  const auto items = bp::decode<bp::DynamoDbRecord>(changes);
  EXPECT_TRUE(items.records()[1].is_ttl_delete());
}

TEST(EventFiles, HoldWhatAQueueMaySend) {
  for (const std::string& name : bp::fixtures::event_file_names()) {
    const auto file = bp::fixtures::event_file(name);
    if (file.source != bp::fixtures::Source::sqs_fifo) continue;

    const bp::SqsFifoPartialProcessor processor{
        {.skip_group_on_error = file.options.skip_group_on_error,
         .raise_on_entire_batch_failure = file.options.raise_on_entire_batch_failure}};
    const auto handle = [&](const bp::SqsRecord& record) {
      if (file.pattern[record.index()] == 'x') throw std::runtime_error("rejected");
    };

    if (file.response) {
      EXPECT_EQ(bp::process_partial_response(file.event, handle, processor), file.response) << file.about;
    } else {
      EXPECT_ANY_THROW((void)bp::process_partial_response(file.event, handle, processor)) << file.about;
    }
  }
}

}  // namespace
