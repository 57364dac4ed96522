// The smallest test by the GoogleTest adapter. Nothing runs it: script/track counts the lines that a compiler
// reads for it.
#include <batchproof/gtest.hpp>
#include <stdexcept>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no good");
}

TEST(OrderHandler, HonoursItsContract) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(handle_order, {.accepted = {"good"}, .rejected = {"bad"}}));
}
