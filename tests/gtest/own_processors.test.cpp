// verify_handler through a processor of the user's own.

#include <gmock/gmock.h>

#include <batchproof/gtest.hpp>
#include <stdexcept>
#include <string>

namespace batchproof {
namespace {

std::string handle_with_receipt(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no order");
  return "receipt";
}

const VerifyHandlerOptions orders{.accepted = {"good"}, .rejected = {"bad"}, .cases = 50, .seed = 7};

/// Keeps the receipts of a batch; the second batch of an object finds the table closed.
class StoringProcessor : public BasePartialProcessor<SqsRecord, std::string> {
 public:
  explicit StoringProcessor(bool closes) : closes_(closes) {}

 protected:
  std::string process_record(const SqsRecord& record) override {
    if (is_closed_) throw std::runtime_error("the table is closed");
    std::string receipt = handle(record);
    return receipt;
  }
  void clean() override { is_closed_ = closes_; }

 private:
  bool closes_;
  bool is_closed_ = false;
};

TEST(VerifyHandlerThroughOnesOwn, TakesAProcessorWithItsOptions) {
  const BatchProcessor<SqsRecord> processor({.max_concurrency = 3});
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_with_receipt, processor, orders));
}

TEST(VerifyHandlerThroughOnesOwn, TakesAFifoProcessor) {
  VerifyHandlerOptions options = orders;
  options.fifo = true;
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_with_receipt,
                                        SqsFifoPartialProcessor({.skip_group_on_error = true}), options));
}

TEST(VerifyHandlerThroughOnesOwn, TakesAnObjectThatHoldsState) {
  StoringProcessor processor(false);
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_with_receipt, processor, orders));
}

TEST(VerifyHandlerThroughOnesOwn, TakesAFactoryOfObjectsForOneBatch) {
  EXPECT_TRUE(verify_handler<SqsRecord>(
      handle_with_receipt, [] { return StoringProcessor(true); }, orders));
}

/// The other processors, which come with the kit, handle each batch.
TEST(VerifyHandlerThroughOnesOwn, ProvesNothingOfAProcessorThatHandlesNothing) {
  const auto cannot_be_made = []() -> StoringProcessor { throw std::runtime_error("no table"); };
  const auto report = verify_handler<SqsRecord>(handle_with_receipt, cannot_be_made, orders);
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.broken_law(), "");
  EXPECT_THAT(report.text(), ::testing::HasSubstr(
                                 "note: your processor handled no record of any batch; it threw: no table"));
}

TEST(VerifyHandlerThroughOnesOwn, NamesTheProcessorInTheReport) {
  const auto broken = [](const SqsRecord& record) -> std::string {
    static int calls = 0;
    return ++calls > 0 && record.body().empty() ? "" : "receipt";
  };
  VerifyHandlerOptions options = orders;
  options.cases = 5;
  EXPECT_THAT(verify_handler<SqsRecord>(broken, StoringProcessor(false), options).broken_law(), "verdict");
}

}  // namespace
}  // namespace batchproof
