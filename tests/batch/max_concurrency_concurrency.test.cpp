// Handlers on several threads. Run under the thread sanitizer as well.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <batchproof/batch.hpp>
#include <latch>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> numbers(std::size_t count) {
  std::vector<std::string> numbers;
  for (std::size_t number = 1; number <= count; ++number) numbers.push_back(std::to_string(number));
  return numbers;
}

/// Which records were at work, seen from several threads.
class Workshop {
 public:
  void enter(const std::string& key, std::size_t record) {
    const std::lock_guard lock(mutex_);
    most_ = std::max(most_, ++inside_);
    overlapped_ |= ++inside_of_key_[key] > 1;
    order_of_key_[key].push_back(record);
  }
  void leave(const std::string& key) {
    const std::lock_guard lock(mutex_);
    --inside_;
    --inside_of_key_[key];
  }
  int most() const { return most_; }
  bool overlapped() const { return overlapped_; }
  bool in_order() const {
    return std::all_of(order_of_key_.begin(), order_of_key_.end(),
                       [](const auto& key) { return std::is_sorted(key.second.begin(), key.second.end()); });
  }

 private:
  std::mutex mutex_;
  int inside_ = 0;
  int most_ = 0;
  bool overlapped_ = false;
  std::map<std::string, int> inside_of_key_;
  std::map<std::string, std::vector<std::size_t>> order_of_key_;
};

TEST(ConcurrencyOfHandlers, AsManyAsTheLimitRunTogether) {
  std::latch all_here(4);
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(4)));
  const auto batch = BatchProcessor<SqsRecord>({.max_concurrency = 4}).process(event, [&](const SqsRecord&) {
    all_here.arrive_and_wait();  // forever, where they run one after the other
  });
  EXPECT_THAT(batch.response().item_identifiers(), IsEmpty());
}

TEST(ConcurrencyOfHandlers, NoMoreThanTheLimitRunTogether) {
  Workshop workshop;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(200)));
  static_cast<void>(
      BatchProcessor<SqsRecord>({.max_concurrency = 3}).process(event, [&](const SqsRecord& record) {
        workshop.enter("", record.index());
        std::this_thread::yield();
        workshop.leave("");
      }));
  EXPECT_LE(workshop.most(), 3);
}

TEST(ConcurrencyOfHandlers, MessagesAndResponseAreThoseOfOneAfterTheOther) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(100)));
  const auto handler = [](const SqsRecord& record) {
    if (record.index() % 3 == 1) throw std::runtime_error("rejected " + std::string(record.message_id()));
    return std::string(record.message_id());
  };
  const auto alone = BatchProcessor<SqsRecord>().process(event, handler);
  const auto together = BatchProcessor<SqsRecord>({.max_concurrency = 8}).process(event, handler);
  EXPECT_EQ(together.to_json(), alone.to_json());
  for (std::size_t index = 0; index < event.size(); ++index) {
    EXPECT_EQ(together.messages()[index].record.index(), index);
    EXPECT_EQ(together.messages()[index].status, alone.messages()[index].status);
    EXPECT_EQ(together.messages()[index].cause, alone.messages()[index].cause);
    EXPECT_EQ(together.messages()[index].result, alone.messages()[index].result);
  }
}

TEST(ConcurrencyOfHandlers, MessageGroupsRunTogetherInOrderWithinEach) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < 120; ++index) {
    const char group = "abcde"[index * index % 5];
    records.push_back(fifo_record(std::to_string(index), std::string(1, group)));
  }
  const auto event = decode<SqsRecord>(event_of(records));
  Workshop workshop;
  static_cast<void>(SqsFifoPartialProcessor({.skip_group_on_error = true, .max_concurrency = 4})
                        .process(event, [&](const SqsRecord& record) {
                          const std::string group(record.message_group_id().value());
                          workshop.enter(group, record.index());
                          std::this_thread::yield();
                          workshop.leave(group);
                        }));
  EXPECT_FALSE(workshop.overlapped());
  EXPECT_TRUE(workshop.in_order());
}

TEST(ConcurrencyOfHandlers, TwoMessageGroupsAreHandledAtOnce) {
  std::latch both_here(2);
  const auto event =
      decode<SqsRecord>(event_of({fifo_record("1", "a"), fifo_record("2", "a"), fifo_record("3", "b")}));
  const auto batch = SqsFifoPartialProcessor({.skip_group_on_error = true, .max_concurrency = 2})
                         .process(event, [&](const SqsRecord& record) {
                           if (record.message_id() != "2") both_here.arrive_and_wait();
                         });
  EXPECT_THAT(batch.response().item_identifiers(), IsEmpty());
}

TEST(ConcurrencyOfHandlers, AFailureStopsItsOwnMessageGroupAlone) {
  std::vector<std::string> records;
  for (const std::string group : {"a", "b", "a", "c", "b", "a", "c"})
    records.push_back(fifo_record(std::to_string(records.size()), group));
  const auto event = decode<SqsRecord>(event_of(records));
  const auto handler = [](const SqsRecord& record) {
    if (record.message_id() == "0" || record.message_id() == "4") throw std::runtime_error("rejected");
  };
  for (int again = 0; again < 50; ++again) {
    const auto batch =
        SqsFifoPartialProcessor({.skip_group_on_error = true, .max_concurrency = 3}).process(event, handler);
    ASSERT_THAT(batch.response().item_identifiers(), ElementsAre("0", "2", "4", "5"));
    ASSERT_EQ(batch.messages()[2].cause, "not handled: record 0 (0) failed before it");
  }
}

TEST(ConcurrencyOfHandlers, AMessageWithoutAGroupWaitsForAllBeforeItAndNamesTheFirstFailure) {
  const auto event = decode<SqsRecord>(
      event_of({fifo_record("0", "a"), fifo_record("1", "b"), fifo_record("2", ""), fifo_record("3", "c")}));
  for (int again = 0; again < 50; ++again) {
    const auto batch = SqsFifoPartialProcessor({
                                                   .skip_group_on_error = true,
                                                   .max_concurrency = 3,
                                               })
                           .process(event, [](const SqsRecord& record) {
                             if (record.index() < 2) throw std::runtime_error("rejected");
                           });
    for (const std::size_t stopped : {2U, 3U})
      ASSERT_EQ(batch.messages()[stopped].cause, "not handled: record 0 (0) failed before it");
  }
}

TEST(ConcurrencyOfHandlers, RecordsOfAPartitionKeyStayInOrder) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < 60; ++index) {
    records.push_back(with(kinesis_record(std::to_string(index)), R"("partitionKey":"key")",
                           R"("partitionKey":"key)" + std::to_string(index % 4) + '"'));
  }
  const auto event = decode<KinesisStreamRecord>(event_of(records));
  Workshop workshop;
  static_cast<void>(BatchProcessor<KinesisStreamRecord>({.max_concurrency = 4})
                        .process(event, [&](const KinesisStreamRecord& record) {
                          workshop.enter(std::string(record.partition_key()), record.index());
                          std::this_thread::yield();
                          workshop.leave(std::string(record.partition_key()));
                        }));
  EXPECT_FALSE(workshop.overlapped());
  EXPECT_TRUE(workshop.in_order());
}

TEST(ConcurrencyOfHandlers, ChangesOfAnItemStayInOrderHoweverItsKeysAreWritten) {
  const auto change = [](std::size_t number, std::string_view keys) {
    return with(dynamodb_record(std::to_string(number)), R"({"Id":{"N":"101"}},"NewImage")",
                std::string(keys) + R"(,"NewImage")");
  };
  std::vector<std::string> records;
  for (std::size_t index = 0; index < 60; ++index) {
    records.push_back(change(index, index % 3 == 0   ? R"({"a":{"S":"x"},"b":{"N":"1"}})"
                                    : index % 3 == 1 ? R"({ "b":{"N":"1"},"a":{"S":"\u0078"} })"
                                                     : R"({"a":{"S":"y"},"b":{"N":"1"}})"));
  }
  const auto event = decode<DynamoDbRecord>(event_of(records));
  Workshop workshop;
  static_cast<void>(BatchProcessor<DynamoDbRecord>({.max_concurrency = 4})
                        .process(event, [&](const DynamoDbRecord& record) {
                          const std::string item(record.keys()->at("a").as_string());
                          workshop.enter(item, record.index());
                          std::this_thread::yield();
                          workshop.leave(item);
                        }));
  EXPECT_FALSE(workshop.overlapped());
  EXPECT_TRUE(workshop.in_order());
}

TEST(ConcurrencyOfHandlers, AChangeWithoutKeysRunsAlone) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < 30; ++index) {
    records.push_back(with(dynamodb_record(std::to_string(index)), R"("Keys":{"Id":{"N":"101"}},)", ""));
  }
  const auto event = decode<DynamoDbRecord>(event_of(records));
  Workshop workshop;
  static_cast<void>(BatchProcessor<DynamoDbRecord>({.max_concurrency = 4})
                        .process(event, [&](const DynamoDbRecord& record) {
                          workshop.enter("", record.index());
                          std::this_thread::yield();
                          workshop.leave("");
                        }));
  EXPECT_EQ(workshop.most(), 1);
}

TEST(ConcurrencyOfHooks, TheyRunOneAtATimeAndBeforeTheNextRecordOfTheirGroup) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < 90; ++index) {
    records.push_back(fifo_record(std::to_string(index), std::string(1, "abc"[index % 3])));
  }
  const auto event = decode<SqsRecord>(event_of(records));
  Workshop hooks;
  Workshop groups;  // entered by the handler, left by the hook
  const auto hook = [&](const SqsRecord& record) {
    hooks.enter("", 0);
    std::this_thread::yield();
    hooks.leave("");
    groups.leave(std::string(record.message_group_id().value()));
  };
  static_cast<void>(
      SqsFifoPartialProcessor({.skip_group_on_error = true, .on_success = hook, .max_concurrency = 3})
          .process(event, [&](const SqsRecord& record) {
            groups.enter(std::string(record.message_group_id().value()), record.index());
          }));
  EXPECT_EQ(hooks.most(), 1);
  EXPECT_FALSE(groups.overlapped());
  EXPECT_TRUE(groups.in_order());
}

TEST(ConcurrencyOfHooks, AThrowingSuccessHookFailsItsRecordAlone) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(20)));
  const auto hook = [](const SqsRecord& record) {
    if (record.message_id() == "7") throw std::runtime_error("not stored");
  };
  const auto batch = BatchProcessor<SqsRecord>({.on_success = hook, .max_concurrency = 4})
                         .process(event, [](const SqsRecord&) {});
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("7"));
}

TEST(ConcurrencyOfHandlers, EachFailureOfABatchWhoseRecordsAllFailedIsToldInBatchOrder) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(30)));
  const auto batch =
      BatchProcessor<SqsRecord>({.max_concurrency = 4}).process(event, [](const SqsRecord& record) {
        throw std::runtime_error(std::string(record.message_id()));
      });
  try {
    batch.response();
    FAIL() << "every record failed";
  } catch (const BatchProcessingError& error) {
    ASSERT_EQ(error.exceptions().size(), 30U);
    for (std::size_t index = 0; index < 30; ++index) {
      try {
        std::rethrow_exception(error.exceptions()[index]);
      } catch (const std::runtime_error& cause) {
        EXPECT_EQ(cause.what(), std::to_string(index + 1));
      }
    }
  }
}

}  // namespace
}  // namespace batchproof
