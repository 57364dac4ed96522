#include "handle_orders.hpp"

#include <batchproof/fixtures/event_files.hpp>
#include <batchproof/gtest.hpp>

namespace bp = batchproof;

TEST(Orders, HonourTheirContract) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}}));
}

TEST(Orders, GiveTheRightResponseToASampleEvent) {
  const auto sample = bp::fixtures::event_file("sample_orders/sqs");
  EXPECT_EQ(handle_orders(sample.event), sample.response);
}
