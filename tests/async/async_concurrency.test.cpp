#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <batchproof/json.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "../batch/events.hpp"

namespace batchproof {
namespace {

using boost::asio::awaitable;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;
using namespace std::chrono_literals;

/// Lets the others go on.
awaitable<void> give_way() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
}

/// The outcome of a batch, read while its event still lives.
template <class Processor, class Handler, class Record = typename Processor::record_type>
void with_batch(const Event<Record>& event, Processor& processor, Handler handler, auto look,
                const LambdaContext& context = {}) {
  detail::run_to_end([&]() -> awaitable<void> {
    const auto batch = co_await processor.process(event, handler, context);
    look(batch);
  }());
}

std::vector<std::string> numbers(std::size_t count) {
  std::vector<std::string> numbers;
  for (std::size_t number = 0; number < count; ++number) numbers.push_back(std::to_string(number));
  return numbers;
}

TEST(AsyncProcessPartialResponse, ReportsWhatFailed) {
  const auto handler = [](const SqsRecord& record) -> awaitable<void> {
    co_await give_way();
    if (record.message_id() == "1") throw std::runtime_error("rejected");
  };
  EXPECT_EQ(async_process_partial_response(batch_of<SqsRecord>({"0", "1", "2"}), handler,
                                           AsyncBatchProcessor<SqsRecord>()),
            R"({"batchItemFailures":[{"itemIdentifier":"1"}]})");
}

TEST(AsyncProcessPartialResponse, ThrowsWhenEveryRecordFailed) {
  const auto handler = [](const SqsRecord&) -> awaitable<void> {
    throw std::runtime_error("rejected");
    co_return;
  };
  EXPECT_THROW((void)async_process_partial_response(two_records, handler, AsyncBatchProcessor<SqsRecord>()),
               BatchProcessingError);
}

TEST(AsyncProcessPartialResponse, RefusesAFifoQueuesEventByName) {
  const auto handler = [](const SqsRecord&) -> awaitable<void> { co_return; };
  EXPECT_THROW((void)async_process_partial_response(event_of({fifo_record("1")}), handler,
                                                    AsyncBatchProcessor<SqsRecord>()),
               EventError);
}

awaitable<void> plain_function(const SqsRecord& record) {
  if (record.message_id() == "0") throw 42;
  co_return;
}

TEST(AsyncProcessPartialResponse, TakesAPlainFunction) {
  EXPECT_EQ(async_process_partial_response(batch_of<SqsRecord>({"0", "1"}), plain_function,
                                           AsyncBatchProcessor<SqsRecord>()),
            R"({"batchItemFailures":[{"itemIdentifier":"0"}]})");
}

TEST(AsyncBatchProcessor, KeepsResultsAndCausesInBatchOrderWhateverEndsFirst) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(20)));
  const auto handler = [](const SqsRecord& record) -> awaitable<std::string> {
    for (std::size_t turns = 20 - record.index(); turns > 0; --turns) co_await give_way();
    if (record.index() % 5 == 2) throw std::runtime_error("rejected " + std::string(record.message_id()));
    co_return "done " + std::string(record.message_id());
  };
  const AsyncBatchProcessor<SqsRecord> processor;
  with_batch(event, processor, handler, [](const auto& batch) {
    ASSERT_EQ(batch.messages().size(), 20U);
    for (const auto& message : batch.messages()) {
      const std::string id(message.record.message_id());
      EXPECT_EQ(message.record.index(), static_cast<std::size_t>(&message - batch.messages().data()));
      EXPECT_EQ(message.result.value_or(message.cause),
                (message.record.index() % 5 == 2 ? "rejected " : "done ") + id);
    }
    EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("2", "7", "12", "17"));
  });
}

TEST(AsyncBatchProcessor, HandlesAsManyTogetherAsTheLimitAllows) {
  for (const std::size_t limit : {1U, 3U, 50U}) {
    std::size_t running = 0;
    std::size_t most = 0;
    const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(40)));
    const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = limit});
    const auto handler = [&](const SqsRecord&) -> awaitable<void> {
      most = std::max(most, ++running);
      co_await give_way();
      --running;
    };
    with_batch(event, processor, handler, [](const auto&) {});
    EXPECT_EQ(most, std::min<std::size_t>(limit, 40));
  }
}

TEST(AsyncBatchProcessor, ContainsWhatIsNoException) {
  const auto event = decode<SqsRecord>(two_records);
  const AsyncBatchProcessor<SqsRecord> processor({.raise_on_entire_batch_failure = false});
  const auto handler = [](const SqsRecord&) -> awaitable<void> {
    co_await give_way();
    throw 42;
  };
  with_batch(event, processor, handler, [](const auto& batch) {
    EXPECT_EQ(batch.messages()[0].cause, "threw a value of type int, which is not a std::exception");
  });
}

struct Outcome {
  bool good;
  bool has_value() const { return good; }
  std::string error() const { return "no stock"; }
};

TEST(AsyncBatchProcessor, TakesAnOutcomesErrorForAFailure) {
  const auto handler = [](const SqsRecord& record) -> awaitable<Outcome> {
    co_return Outcome{record.message_id() == "1"};
  };
  EXPECT_EQ(async_process_partial_response(two_records, handler, AsyncBatchProcessor<SqsRecord>()),
            R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
}

TEST(AsyncBatchProcessor, KeepsAResultThatOnlyMoves) {
  const auto event = decode<SqsRecord>(two_records);
  const AsyncBatchProcessor<SqsRecord> processor;
  const auto handler = [](const SqsRecord&) -> awaitable<Kept<std::unique_ptr<int>>> {
    co_return Kept{std::make_unique<int>(7)};
  };
  with_batch(event, processor, handler,
             [](const auto& batch) { EXPECT_EQ(**batch.messages()[1].result, 7); });
}

TEST(AsyncBatchProcessor, CallsHooksAndLetsASuccessHookFailItsRecord) {
  std::string hooks;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"0", "1", "2"}));
  const AsyncBatchProcessor<SqsRecord> processor(
      {.on_success =
           [&](const SqsRecord& record) {
             hooks += 's' + std::string(record.message_id());
             if (record.message_id() == "2") throw std::runtime_error("not stored");
           },
       .on_failure = [&](const SqsRecord& record,
                         const Failure&) { hooks += 'f' + std::string(record.message_id()); }});
  with_batch(event, processor, plain_function, [](const auto& batch) {
    EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("0", "2"));
  });
  EXPECT_EQ(hooks, "f0s1s2f2");
}

TEST(AsyncBatchProcessor, OfAnEmptyBatchAnswersNothing) {
  EXPECT_EQ(
      async_process_partial_response(R"({"Records":[]})", plain_function, AsyncBatchProcessor<SqsRecord>()),
      R"({"batchItemFailures":[]})");
}

TEST(AsyncBatchProcessor, KeepsAHandlerAliveThatWasMadeInTheCall) {
  const auto event = decode<SqsRecord>(two_records);
  const AsyncBatchProcessor<SqsRecord> processor;
  std::string response;
  detail::run_to_end([&]() -> awaitable<void> {
    auto later = processor.process(event,
                                   [text = std::string("a text that is long enough to be on the heap")](
                                       const SqsRecord& record) -> awaitable<void> {
                                     co_await give_way();
                                     if (record.message_id() == "2") throw std::runtime_error(text);
                                   });
    const auto batch = co_await std::move(later);
    EXPECT_EQ(batch.messages()[1].cause, "a text that is long enough to be on the heap");
  }());
}

TEST(AsyncBatchProcessor, TakesTypedHandlersWhosePayloadLivesUntilTheyEnd) {
  const auto handler = typed<nlohmann::json>([](const nlohmann::json& order) -> awaitable<std::string> {
    co_await give_way();
    co_return order.at("sku").template get<std::string>();
  });
  const auto event = decode<SqsRecord>(event_of(
      {sqs_record("0", R"({\"sku\":\"a pot for tea, and a large one\"})"), sqs_record("1", "no JSON")}));
  const AsyncBatchProcessor<SqsRecord> processor;
  with_batch(event, processor, handler, [](const auto& batch) {
    EXPECT_EQ(batch.messages()[0].result, "a pot for tea, and a large one");
    EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1"));
  });
}

TEST(AsyncBatchProcessor, GivesPayloadsThatDoNotFitToACoroutineOfTheirOwn) {
  const auto handler = [](const int& number) -> awaitable<int> {
    co_await give_way();
    co_return number;
  };
  const auto on_error = [](const PayloadError&) -> awaitable<int> {
    co_await give_way();
    co_return -1;
  };
  const auto event =
      decode<SqsRecord>(event_of({sqs_record("0", "7"), sqs_record("1", "7.5"), sqs_record("2", "[]")}));
  const AsyncBatchProcessor<SqsRecord> processor;
  with_batch(event, processor, typed<int>(handler, on_error), [](const auto& batch) {
    EXPECT_EQ(batch.messages()[0].result, 7);
    EXPECT_EQ(batch.messages()[1].result, -1);
    EXPECT_EQ(batch.messages()[2].result, -1);
  });
  const auto ignored = [](const int&) -> awaitable<void> { co_await give_way(); };
  with_batch(event, processor, typed<int>(ignored, ignore_payload_errors),
             [](const auto& batch) { EXPECT_THAT(batch.response().item_identifiers(), ElementsAre()); });
}

TEST(AsyncBatchProcessor, RefusesAConcurrencyThatWouldBreakTheOrder) {
  EXPECT_THAT([] { AsyncSqsFifoPartialProcessor({.max_concurrency = 2}); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("skip_group_on_error")));
}

TEST(AsyncSqsFifoPartialProcessor, HandlesGroupsTogetherInOrderWithinEach) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < 30; ++index)
    records.push_back(fifo_record(std::to_string(index), std::string(1, "abc"[index % 3])));
  const auto event = decode<SqsRecord>(event_of(records));
  const AsyncSqsFifoPartialProcessor processor({.skip_group_on_error = true});
  std::string log;
  const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
    const std::size_t turns = record.message_group_id() == "a" ? 9 : 1;
    log += '(' + std::string(record.message_group_id().value());
    for (std::size_t turn = 0; turn < turns; ++turn) co_await give_way();
    if (record.message_id() == "7") throw std::runtime_error("rejected");
    log += ')' + std::string(record.message_group_id().value());
  };
  with_batch(event, processor, handler, [](const auto& batch) {
    EXPECT_THAT(batch.response().item_identifiers(),
                ElementsAre("7", "10", "13", "16", "19", "22", "25", "28"));
  });
  EXPECT_EQ(log.find("(a(a"), std::string::npos);
  EXPECT_TRUE(log.starts_with("(a(b(c")) << log;
}

TEST(AsyncSqsFifoPartialProcessor, LeftToItselfStopsAtTheFirstFailure) {
  const auto event = decode<SqsRecord>(
      event_of({fifo_record("0", "a"), fifo_record("1", "b"), fifo_record("2", "c"), fifo_record("3", "d")}));
  const AsyncSqsFifoPartialProcessor processor;
  std::string handled;
  const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
    handled += record.message_id();
    co_await give_way();
    if (record.message_id() == "1") throw std::runtime_error("rejected");
  };
  with_batch(event, processor, handler, [](const auto& batch) {
    EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1", "2", "3"));
  });
  EXPECT_EQ(handled, "01");
}

TEST(AsyncBatchProcessor, StartsNoRecordWhenTheDeadlineIsNear) {
  const std::chrono::system_clock::time_point noon{12h};
  auto time = noon;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"0", "1", "2"}));
  const AsyncBatchProcessor<SqsRecord> processor(
      {.max_concurrency = 1, .reserve = 100ms, .clock = [&] { return time; }});
  const auto handler = [&](const SqsRecord&) -> awaitable<void> {
    time += 800ms;
    co_await give_way();
  };
  with_batch(
      event, processor, handler,
      [](const auto& batch) {
        EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("2"));
        EXPECT_THAT(batch.messages()[2].cause, HasSubstr("deadline"));
      },
      LambdaContext{.deadline = noon + 1500ms});
}

TEST(ConcurrencyOfCoroutines, ABatchMayBeAwaitedOnAnExecutorOfSeveralThreads) {
  boost::asio::thread_pool pool(4);
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>(numbers(100)));
  const AsyncBatchProcessor<SqsRecord> processor({.max_concurrency = 20});
  int handled = 0;  // without a lock: the handlers share a strand
  const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
    ++handled;
    co_await give_way();
    ++handled;
    if (record.index() == 3) throw std::runtime_error("rejected");
  };
  std::string response;
  const auto process = [&]() -> awaitable<void> {
    const auto batch = co_await processor.process(event, handler);
    response = batch.to_json();
  };
  boost::asio::co_spawn(pool, process(), boost::asio::use_future).get();
  EXPECT_EQ(response, R"({"batchItemFailures":[{"itemIdentifier":"3"}]})");
  EXPECT_EQ(handled, 200);
}

TEST(ConcurrencyOfCoroutines, AHandlerIsToldToStopWhenTheReserveIsReached) {
  const std::chrono::system_clock::time_point noon{12h};
  std::atomic<bool> late = false;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"waits", "works", "late"}));
  const AsyncBatchProcessor<SqsRecord> processor(
      {.max_concurrency = 2, .reserve = 100ms, .clock = [&] { return late ? noon + 950ms : noon; }});
  const auto handler = [&](const SqsRecord& record, const LambdaContext& context) -> awaitable<void> {
    const auto executor = co_await boost::asio::this_coro::executor;
    if (record.message_id() == "works") {
      late = true;
    } else {
      boost::asio::steady_timer told(executor, boost::asio::steady_timer::time_point::max());
      const std::stop_callback on_stop(context.stop_token(),
                                       [&] { boost::asio::post(executor, [&] { told.cancel(); }); });
      co_await told.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
  };
  with_batch(
      event, processor, handler,
      [](const auto& batch) { EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("late")); },
      LambdaContext{.deadline = noon + 1s});
}

class Ledger : public AsyncBasePartialProcessor<SqsRecord, std::string> {
 public:
  explicit Ledger(Options options = {}) : AsyncBasePartialProcessor(std::move(options)) {}
  std::string log;

 protected:
  awaitable<void> prepare() override {
    co_await give_way();
    log += "prepare ";
  }
  awaitable<std::string> process_record(const SqsRecord& record) override {
    if (record.message_id() == "skipped") {
      accept_without_handling(record);
      co_return "skipped";
    }
    if (record.message_id() == "forgotten") co_return "forgotten";
    std::string result = co_await handle(record);
    log += result + ' ';
    co_return result;
  }
  awaitable<void> clean() override {
    co_await give_way();
    log += "clean";
  }
};

TEST(AsyncBasePartialProcessor, PreparesProcessesEachRecordAndCleans) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"0", "skipped", "forgotten", "bad"}));
  Ledger ledger;
  const auto handler = [](const SqsRecord& record) -> awaitable<std::string> {
    co_await give_way();
    if (record.message_id() == "bad") throw std::runtime_error("rejected");
    co_return "handled " + std::string(record.message_id());
  };
  with_batch(event, ledger, handler, [](const auto& batch) {
    EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("forgotten", "bad"));
    EXPECT_EQ(batch.messages()[0].result, "handled 0");
    EXPECT_EQ(batch.messages()[2].cause, "process_record returned without calling the record handler");
  });
  EXPECT_EQ(ledger.log, "prepare handled 0 clean");
}

TEST(AsyncBasePartialProcessor, CleansAndLetsThroughWhatPrepareThrew) {
  class Failing : public Ledger {
    awaitable<void> prepare() override {
      co_await give_way();
      throw std::runtime_error("no table");
    }
  };
  Failing failing;
  const auto event = decode<SqsRecord>(two_records);
  const auto handler = [](const SqsRecord&) -> awaitable<std::string> { co_return ""; };
  EXPECT_THAT([&] { with_batch(event, failing, handler, [](const auto&) {}); },
              ThrowsMessage<std::runtime_error>("no table"));
  EXPECT_EQ(failing.log, "clean");
}

TEST(AsyncBasePartialProcessor, TakesNoRecordOfAnotherEventForOneOfItsBatch) {
  class Audited : public AsyncBasePartialProcessor<SqsRecord> {
   public:
    explicit Audited(const SqsRecord& audit) : audit_(audit) {}

   private:
    awaitable<void> process_record(const SqsRecord& record) override {
      try {
        co_await handle(record);
      } catch (const std::runtime_error&) {  // the mistake that the test is about
      }
      co_await handle(audit_);
    }
    SqsRecord audit_;
  };
  const auto audits = decode<SqsRecord>(batch_of<SqsRecord>({"a", "b", "c"}));
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"bad", "good"}));
  const auto handler = [](const SqsRecord& record) -> awaitable<void> {
    co_await give_way();
    if (record.message_id() == "bad") throw std::runtime_error("rejected");
  };
  for (const SqsRecord& audit : audits.records()) {
    Audited audited(audit);
    with_batch(event, audited, handler, [](const auto& batch) {
      EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("bad"));
    });
  }
}

TEST(AsyncBasePartialProcessor, FailsTheRecordOfWhichOneOfTwoCallsAtTheSameTimeFails) {
  class Twice : public AsyncBasePartialProcessor<SqsRecord> {
    awaitable<void> quietly(const SqsRecord& record) {
      try {
        co_await handle(record);
      } catch (const std::runtime_error&) {  // the mistake that the test is about
      }
    }
    awaitable<void> process_record(const SqsRecord& record) override {
      using namespace boost::asio::experimental::awaitable_operators;
      co_await (quietly(record) && quietly(record));
    }
  };
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"0", "good"}));
  for (const bool fails_last : {false, true}) {
    int calls = 0;
    const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
      if (record.index() == 1) co_return;
      const bool fails = (++calls == 2) == fails_last;
      co_await give_way();
      if (!fails) co_return;
      co_await give_way();
      co_await give_way();
      throw std::runtime_error("rejected");
    };
    Twice twice;
    with_batch(event, twice, handler,
               [](const auto& batch) { EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("0")); });
  }
}

TEST(AsyncBasePartialProcessor, SaysWhetherACallHadFailedOrStillRan) {
  class Hasty : public AsyncBasePartialProcessor<SqsRecord> {
    awaitable<void> process_record(const SqsRecord& record) override {
      if (record.index() == 2) co_return co_await handle(record);
      boost::asio::co_spawn(co_await boost::asio::this_coro::executor, handle(record),
                            [](const std::exception_ptr&) {});  // the mistake that the test is about
      for (int turn = 0; turn < 3; ++turn) co_await give_way();
    }
  };
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"fails", "runs", "runs longer"}));
  const auto handler = [](const SqsRecord& record) -> awaitable<void> {
    if (record.index() == 0) throw std::runtime_error("rejected");
    const int turns = record.index() == 1 ? 10 : 30;
    for (int turn = 0; turn < turns; ++turn) co_await give_way();
  };
  Hasty hasty;
  with_batch(event, hasty, handler, [](const auto& batch) {
    EXPECT_EQ(batch.messages()[0].cause, "process_record returned although the record handler had failed");
    EXPECT_EQ(batch.messages()[1].cause, "process_record returned while the record handler still ran");
    EXPECT_EQ(batch.messages()[2].status, Status::success);
  });
}

TEST(AsyncBasePartialProcessor, CountsTheLastOfSeveralCalls) {
  class Retrying : public AsyncBasePartialProcessor<SqsRecord> {
    awaitable<void> process_record(const SqsRecord& record) override {
      std::exception_ptr failure;
      try {
        co_await handle(record);
      } catch (const std::runtime_error&) {
        failure = std::current_exception();
      }
      if (failure) co_await handle(record);
    }
  };
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"0"}));
  int calls = 0;
  const auto handler = [&](const SqsRecord&) -> awaitable<void> {
    co_await give_way();
    if (++calls == 1) throw std::runtime_error("rejected");
  };
  Retrying retrying;
  with_batch(event, retrying, handler,
             [](const auto& batch) { EXPECT_TRUE(batch.response().item_identifiers().empty()); });
}

TEST(AsyncBatchProcessor, FailsARecordWhoseHandlerReturnsNoCoroutine) {
  const auto event = decode<SqsRecord>(two_records);
  const AsyncBatchProcessor<SqsRecord> processor;
  const auto done = []() -> awaitable<void> { co_return; };
  const auto handler = [&](const SqsRecord& record) -> awaitable<void> {
    if (record.index() == 0) return {};
    return done();
  };
  with_batch(event, processor, handler, [&](const auto& batch) {
    EXPECT_EQ(batch.response().item_identifiers().size(), 1U);
    EXPECT_THAT(batch.messages()[0].cause, HasSubstr("an awaitable without a coroutine"));
  });
}

TEST(AsyncBasePartialProcessor, FailsTheRecordWhoseProcessRecordReturnsAnError) {
  struct Booking {
    int number = 0;
    Booking(int booked) : number(booked) {}  // NOLINT(google-explicit-constructor): as std::expected has it
    bool has_value() const { return number > 0; }
    int value() const { return number; }
    std::string error() const { return "booked out"; }
  };
  class Hotel : public AsyncBasePartialProcessor<SqsRecord, Booking> {
    awaitable<Booking> process_record(const SqsRecord& record) override {
      const Booking booking = co_await handle(record);
      co_return record.message_id() == "full" ? Booking(0) : booking;
    }
  };
  Hotel hotel;
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"free", "full"}));
  const auto handler = [](const SqsRecord&) -> awaitable<int> {
    co_await give_way();
    co_return 7;
  };
  with_batch(event, hotel, handler, [](const auto& batch) {
    EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("full"));
    EXPECT_EQ(batch.messages()[0].result, 7);
    EXPECT_EQ(batch.messages()[1].cause, "booked out");
  });
}

}  // namespace
}  // namespace batchproof
