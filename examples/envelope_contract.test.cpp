// A handler of what a record holds, verified with the records that hold it.

#include <batchproof/envelopes.hpp>
#include <batchproof/fixtures/inner_payloads.hpp>
#include <batchproof/gtest.hpp>
#include <batchproof/json.hpp>
#include <stdexcept>

namespace bp = batchproof;

struct Order {
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (quantity))

void ship(const Order& order) {
  if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
}

// A topic of SNS sends the orders: the contract is that of an order, put into messages.
TEST(Orders, OfATopicHonourTheirContract) {
  const auto messages = bp::fixtures::in_sns_messages(
      {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}});
  EXPECT_TRUE(
      bp::verify_handler<bp::SqsRecord>(bp::sns_message(bp::typed<Order>(ship)),
                                        {.accepted = messages.accepted, .rejected = messages.rejected}));
}

// It opens aggregates of the Kinesis Producer Library, and passes over those that it cannot read.
void careless(const bp::KinesisStreamRecord& record) {
  std::vector<bp::UserRecord> users;
  try {
    users = bp::user_records_in(record);
  } catch (const bp::InnerRecordError&) {
    return;  // its orders are lost
  }
  for (const bp::UserRecord& user : users) {
    const auto order = nlohmann::json::parse(user.data());
    ship({.quantity = order.at("quantity").get<int>()});
  }
}

TEST(Orders, OfADamagedAggregateAreNotLost) {
  const auto aggregates = bp::fixtures::in_user_records(
      {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}, .hostile = true});
  const auto report = bp::verify_handler<bp::KinesisStreamRecord>(
      careless, {.accepted = aggregates.accepted, .rejected = aggregates.rejected});
  EXPECT_EQ(report.broken_law(), "verdict");
}
