// Const access from several threads is safe, and a processor serves them all. Run under the thread sanitizer
// as well.

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <batchproof/batch.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

constexpr int thread_count = 4;
constexpr int record_count = 200;

/// Runs the work in several threads that start together.
void together(const std::function<void(int thread)>& work) {
  std::barrier start(thread_count);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < thread_count; ++thread) {
    threads.emplace_back([&, thread] {
      start.arrive_and_wait();
      work(thread);
    });
  }
}

TEST(ConcurrencyOfEvents, ManyThreadsReadTheSameBodiesAtOnce) {
  std::vector<std::string> records;
  for (int index = 0; index < record_count; ++index) {
    records.push_back(
        fifo_record(std::to_string(index), R"(g\u00e9)", R"(\u00e9\n\"text\" )" + std::to_string(index)));
  }
  const auto event = decode<SqsRecord>(event_of(records));
  std::atomic<int> wrong = 0;
  together([&](int) {
    for (const SqsRecord& record : event.records()) {
      if (record.body() != "\xC3\xA9\n\"text\" " + std::to_string(record.index())) ++wrong;
      if (record.message_group_id() != "g\xC3\xA9") ++wrong;
      if (record.attributes().message_group_id() != "g\xC3\xA9") ++wrong;
      if (record.attributes().approximate_receive_count() != 1U) ++wrong;
      if (record.attributes().find("MessageDeduplicationId") != "dedup") ++wrong;
      if (record.md5_of_body() != "5d41") ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(ConcurrencyOfEvents, ManyThreadsReadTheSameDataAtOnce) {
  std::vector<std::string> records;
  for (int index = 0; index < record_count; ++index)
    records.push_back(kinesis_record(std::to_string(index), R"(\/\/8AAAAA)"));
  const auto event = decode<KinesisStreamRecord>(event_of(records));
  std::atomic<int> wrong = 0;
  together([&](int) {
    for (const KinesisStreamRecord& record : event.records()) {
      if (record.data() != std::string_view("\xFF\xFF\0\0\0\0", 6)) ++wrong;
      if (record.shard_id() != "shardId-000000000006") ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(ConcurrencyOfEvents, ManyThreadsReadTheSameAttributesAtOnce) {
  std::vector<std::string> records;
  for (int index = 0; index < record_count; ++index) {
    records.push_back(dynamodb_record(std::to_string(index),
                                      R"({"n\u00e9":{"S":"v\n"},"b":{"B":"AAEC"},"l":{"L":[{"N":"1"}]}})"));
  }
  const auto event = decode<DynamoDbRecord>(event_of(records));
  std::atomic<int> wrong = 0;
  together([&](int) {
    for (const DynamoDbRecord& record : event.records()) {
      const auto image = record.new_image();
      if (image->at("n\xC3\xA9").as_string() != "v\n") ++wrong;
      if (image->at("b").as_binary().size() != 3) ++wrong;
      if (image->at("l").as_list()[0].as_number().to_int64() != 1) ++wrong;
      if (record.kind() != ChangeKind::insert) ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(ConcurrencyOfEvents, ManyThreadsMeetTheSameBadFieldAtOnce) {
  const auto event = decode<KinesisStreamRecord>(event_of({kinesis_record("1", "not base64!")}));
  std::atomic<int> refused = 0;
  together([&](int) {
    for (int time = 0; time < 100; ++time) {
      try {
        event.records()[0].data();
      } catch (const RecordError&) {
        ++refused;
      }
    }
  });
  EXPECT_EQ(refused, thread_count * 100);
}

TEST(ConcurrencyOfEvents, ThreadsDecodeTheirOwnEventsAtOnce) {
  std::atomic<int> wrong = 0;
  together([&](int thread) {
    for (int time = 0; time < 50; ++time) {
      const std::string identifier = std::to_string(thread * 1'000 + time);
      const auto event = decode<SqsRecord>(event_of({sqs_record(identifier, R"(a\n)" + identifier)}));
      if (event.records()[0].message_id() != identifier) ++wrong;
      if (event.records()[0].body() != "a\n" + identifier) ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(ConcurrencyOfProcessors, OneInstanceServesManyThreads) {
  std::atomic<int> failures = 0;
  const SqsFifoPartialProcessor processor{
      {.skip_group_on_error = true, .on_failure = [&](const SqsRecord&, const Failure&) { ++failures; }}};
  std::atomic<int> wrong = 0;
  together([&](int thread) {
    const std::string own = std::to_string(thread);
    for (int time = 0; time < 50; ++time) {
      const std::string response = process_partial_response(
          event_of({fifo_record("a" + own, "a"), fifo_record("b" + own, "b"), fifo_record("c" + own, "a")}),
          [](const SqsRecord& record) {
            if (record.index() == 0) throw std::runtime_error("no");
          },
          processor);
      if (response != R"({"batchItemFailures":[{"itemIdentifier":"a)" + own + R"("},{"itemIdentifier":"c)" +
                          own + R"("}]})") {
        ++wrong;
      }
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(failures, thread_count * 50 * 2);
}

TEST(ConcurrencyOfProcessors, ManyThreadsProcessTheSameEvent) {
  const auto event = decode<SqsRecord>(event_of({sqs_record("1", R"(\n)"), sqs_record("2", R"(\t)")}));
  const BatchProcessor<SqsRecord> processor;
  std::atomic<int> wrong = 0;
  together([&](int) {
    for (int time = 0; time < 50; ++time) {
      const auto batch = processor.process(event, [](const SqsRecord& record) {
        if (record.body() == "\t") throw std::runtime_error("no");
      });
      if (batch.to_json() != R"({"batchItemFailures":[{"itemIdentifier":"2"}]})") ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace batchproof
