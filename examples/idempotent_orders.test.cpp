// Verifies that an effect happens once.

#include <gtest/gtest.h>

#include <batchproof/effects.hpp>
#include <batchproof/gtest.hpp>
#include <batchproof/idempotency.hpp>

namespace bp = batchproof;
using namespace std::chrono_literals;

namespace {

std::string order_of(const bp::SqsRecord& record) { return std::string(record.body()); }

std::string charge_customer(const bp::SqsRecord& record) { return "receipt of " + order_of(record); }

TEST(ChargeCustomer, ChargesOnceForAMessage) {
  bp::MemoryStore store;
  EXPECT_TRUE(bp::verify_idempotent<bp::SqsRecord>(charge_customer, store));
}

// A claim that expires while the handler works lets the effect happen twice.
TEST(ChargeCustomer, NeedsAClaimThatLastsAsLongAsTheFunction) {
  bp::MemoryStore store;
  const auto report = bp::verify_idempotent<bp::SqsRecord>(
      charge_customer, store, {.in_progress_expires_after = 10ms, .clock_skew = 0s});
  EXPECT_EQ(report.broken_law(), "effect-once");
}

// With a key from the payload, one effect is what the payload says.
TEST(ChargeCustomer, ChargesOnceForAnOrderThatWasSentTwice) {
  bp::MemoryStore store;
  EXPECT_TRUE(bp::verify_idempotent<bp::SqsRecord>(
      charge_customer, store, {.key = order_of},
      {.accepted = {"order 1", "order 2", "order 3"}, .effect = order_of}));
}

}  // namespace
