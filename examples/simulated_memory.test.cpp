// A handler that does each order once: it remembers the orders that are done in a table, which all instances
// of the function share.

#include <batchproof/gtest.hpp>
#include <batchproof/simulator.hpp>
#include <memory>
#include <set>
#include <string>

namespace bp = batchproof;

namespace {

bp::simulator::FunctionUnderTest remembering_orders() {
  return [] {                                                     // begins a world with an empty table
    return [table = std::make_shared<std::set<std::string>>()] {  // begins an instance
      const auto remember = [table](bp::RecordProbe& work) {
        return [table, &work](const bp::SqsRecord& record) {
          if (table->contains(std::string(record.message_id()))) return;
          work(record);
          table->insert(std::string(record.message_id()));
        };
      };
      return bp::fixtures::subject_of(bp::BatchProcessor<bp::SqsRecord>(), remember);
    };
  };
}

TEST(Orders, AreRememberedAfterTheWork) {
  EXPECT_TRUE(bp::simulator::simulate(remembering_orders(), {.source = bp::fixtures::Source::sqs}));
}

}  // namespace
