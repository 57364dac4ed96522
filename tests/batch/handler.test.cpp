#include <batchproof/handler.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view nothing_failed = R"({"batchItemFailures":[]})";
constexpr std::string_view second_failed = R"({"batchItemFailures":[{"itemIdentifier":"2"}]})";

void reject_second(const SqsRecord& record) {
  if (record.index() == 1) throw std::runtime_error("rejected");
}

class OrderService {
 public:
  void handle(const SqsRecord& record) { bodies_.emplace_back(record.body()); }
  void handle_for(std::string_view customer, const SqsRecord& record, const LambdaContext& context) {
    bodies_.push_back(std::string(customer) + " " + std::string(record.body()) + " " + context.request_id);
  }
  const std::vector<std::string>& bodies() const { return bodies_; }

 private:
  std::vector<std::string> bodies_;
};

TEST(RecordHandler, MayBeAFunction) {
  EXPECT_EQ(process_partial_response(two_records, reject_second, BatchProcessor<SqsRecord>{}), second_failed);
  EXPECT_EQ(process_partial_response(two_records, &reject_second, BatchProcessor<SqsRecord>{}),
            second_failed);
}

TEST(RecordHandler, MayBeAStdFunction) {
  const std::function<void(const SqsRecord&)> handler = reject_second;
  EXPECT_EQ(process_partial_response(two_records, handler, BatchProcessor<SqsRecord>{}), second_failed);
}

TEST(RecordHandler, MayBeABoundMemberFunction) {
  OrderService service;
  EXPECT_EQ(process_partial_response(two_records, std::bind_front(&OrderService::handle, &service),
                                     BatchProcessor<SqsRecord>{}),
            nothing_failed);
  EXPECT_THAT(service.bodies(), ElementsAre("hello", "hello"));
}

TEST(RecordHandler, MayBeABoundMemberFunctionWithTheContext) {
  OrderService service;
  static_cast<void>(process_partial_response(event_of({sqs_record("1")}),
                                             std::bind_front(&OrderService::handle_for, &service, "joe"),
                                             BatchProcessor<SqsRecord>{}, {.request_id = "r-1"}));
  EXPECT_THAT(service.bodies(), ElementsAre("joe hello r-1"));
}

TEST(RecordHandler, MayBeALambdaWithStateOfItsOwn) {
  int calls = 0;
  const auto handler = [last = std::make_unique<std::string>(), &calls](const SqsRecord& record) mutable {
    *last = record.body();
    ++calls;
  };
  auto movable = [counter = 0, &calls](const SqsRecord&) mutable { calls = ++counter; };
  static_assert(!RecordHandler<decltype(handler), SqsRecord>,
                "a const object cannot be called by a mutable operator");
  static_cast<void>(process_partial_response(two_records, movable, BatchProcessor<SqsRecord>{}));
  EXPECT_EQ(calls, 2);
}

TEST(RecordHandler, MayBeGeneric) {
  int calls = 0;
  EXPECT_EQ(process_partial_response(
                two_records, [&](const auto& record) { calls += record.body().empty() ? 0 : 1; },
                BatchProcessor<SqsRecord>{}),
            nothing_failed);
  EXPECT_EQ(calls, 2);
}

TEST(RecordHandler, MayBeGenericWithTheContext) {
  std::string seen;
  static_cast<void>(process_partial_response(two_records,
                                             [&](const auto& record, const auto& context) {
                                               seen += record.message_id(), seen += context.request_id;
                                             },
                                             BatchProcessor<SqsRecord>{}, {.request_id = "r"}));
  EXPECT_EQ(seen, "1r2r");
}

TEST(RecordHandler, MayTakeTheRecordByValue) {
  std::string seen;
  static_cast<void>(process_partial_response(
      two_records, [&](SqsRecord record) { seen += record.message_id(); }, BatchProcessor<SqsRecord>{}));
  EXPECT_EQ(seen, "12");
}

TEST(RecordHandler, GetsTheContextWhereBothFormsWouldDo) {
  struct BothForms {
    std::string& seen;
    void operator()(const SqsRecord&) const { seen += "short "; }
    void operator()(const SqsRecord&, const LambdaContext& context) const {
      seen += context.request_id + " ";
    }
  };
  std::string seen;
  static_cast<void>(process_partial_response(two_records, BothForms{seen}, BatchProcessor<SqsRecord>{},
                                             {.request_id = "long"}));
  EXPECT_EQ(seen, "long long ");
}

TEST(RecordHandler, GetsTheContextInAnOptionalParameter) {
  std::string seen;
  static_cast<void>(process_partial_response(
      event_of({sqs_record("1")}),
      [&](const SqsRecord&, const LambdaContext& context = {}) { seen = context.request_id; },
      BatchProcessor<SqsRecord>{}, {.request_id = "r-2"}));
  EXPECT_EQ(seen, "r-2");
}

TEST(RecordHandler, GetsAnEmptyContextWhenThereIsNone) {
  std::string seen = "x";
  static_cast<void>(process_partial_response(
      event_of({sqs_record("1")}),
      [&](const SqsRecord&, const LambdaContext& context) {
        seen = context.request_id;
        EXPECT_EQ(context.remaining_time(), std::nullopt);
      },
      BatchProcessor<SqsRecord>{}));
  EXPECT_EQ(seen, "");
}

TEST(RecordHandler, IsCalledInPlaceAndNotCopied) {
  struct Counting {
    int calls = 0;
    Counting() = default;
    Counting(const Counting&) = delete;
    Counting& operator=(const Counting&) = delete;
    void operator()(const SqsRecord&) { ++calls; }
  };
  Counting handler;
  static_cast<void>(process_partial_response(two_records, handler, BatchProcessor<SqsRecord>{}));
  EXPECT_EQ(handler.calls, 2);
}

TEST(RecordHandler, FailsEachRecordWhenItIsAnEmptyFunction) {
  const std::function<void(const SqsRecord&)> none;
  EXPECT_THROW((void)process_partial_response(two_records, none, BatchProcessor<SqsRecord>{}),
               BatchProcessingError);
}

TEST(RecordHandler, MayProcessAnotherBatchItself) {
  const std::string inner = batch_of<KinesisStreamRecord>({"7"});
  std::string seen;
  const auto event = decode<SqsRecord>(event_of({sqs_record("1", R"(a\nb)"), sqs_record("2", R"(c\nd)")}));
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [&](const SqsRecord& record) {
    const std::string_view body = record.body();
    static_cast<void>(process_partial_response(
        inner, [&](const KinesisStreamRecord& other) { seen += other.data(); },
        BatchProcessor<KinesisStreamRecord>{}));
    seen += body;
  });
  EXPECT_EQ(batch.to_json(), nothing_failed);
  EXPECT_EQ(seen, "helloa\nbhelloc\nd");
}

}  // namespace
}  // namespace batchproof
