#include <gmock/gmock.h>

#include <batchproof/simulator.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <functional>
#include <stdexcept>
#include <utility>

namespace batchproof::simulator {
namespace {

World of_orders() {
  return {.sent_every = std::chrono::milliseconds(0),
          .faults = {.poison = 7, .flaky_rate = 0.2, .crash_rate = 0.05},
          .accepted = zoo::good_orders(),
          .rejected = zoo::bad_orders(),
          .handler_decides = true};
}

TEST(HandlerSubject, LetsTheHandlerDecideWhatIsPoison) {
  const auto report = simulate(handler_subject(zoo::handle_order, BatchProcessor<SqsRecord>()), of_orders());
  EXPECT_TRUE(report);
  EXPECT_GE(summary_of(report.finished()).dead_lettered, 7U);
  for (const Message& message : report.finished().messages)
    EXPECT_EQ(message.successes > 0, !message.is_poison()) << message.identifier;
}

TEST(HandlerSubject, SeesThatAHandlerWasCalled) {
  int calls = 0;
  const auto count = [&calls](const SqsRecord&) { ++calls; };
  EXPECT_TRUE(simulate(handler_subject(count, BatchProcessor<SqsRecord>()), {.messages = 12, .faults = {}}));
  EXPECT_EQ(calls, 12);
}

/// A handler of orders that throws this for a bad one.
template <class Request>
auto asks_for() {
  return [](const SqsRecord& record) {
    try {
      zoo::handle_order(record);
    } catch (const std::exception& error) {
      throw Request(error.what());
    }
  };
}

/// What becomes of bad orders when this sends them to the dead-letter queue.
SimulationReport simulate_dead_letters(std::function<void(const DeadLetterMessage&)> send) {
  const BatchProcessor<SqsRecord> processor({.actions = {.send_dead_letter = std::move(send)}});
  return simulate(handler_subject(asks_for<DeadLetter>(), processor), of_orders());
}

TEST(HandlerSubject, CountsWhatTheHandlerDropsAsHandled) {
  const auto report = simulate(handler_subject(asks_for<Drop>(), BatchProcessor<SqsRecord>()), of_orders());
  EXPECT_TRUE(report);
  EXPECT_EQ(summary_of(report.finished()).processed, report.finished().messages.size());
}

TEST(HandlerSubject, CountsWhatTheHandlerDropsAsHandledInAFifoQueue) {
  World world = of_orders();
  world.source = fixtures::Source::sqs_fifo;
  EXPECT_TRUE(simulate(handler_subject(asks_for<Drop>(), SqsFifoPartialProcessor()), world));
}

TEST(HandlerSubject, CountsWhatTheHandlerSendsToTheDeadLetterQueueAsHandled) {
  std::size_t sent = 0;
  const auto report = simulate_dead_letters([&sent](const DeadLetterMessage&) { ++sent; });
  EXPECT_TRUE(report);
  EXPECT_GE(sent, 7U);
  EXPECT_EQ(summary_of(report.finished()).processed, report.finished().messages.size());
}

TEST(HandlerSubject, CountsADeadLetterThatCannotBeSentAsFailed) {
  const auto report =
      simulate_dead_letters([](const DeadLetterMessage&) { throw std::runtime_error("no such queue"); });
  EXPECT_TRUE(report);
  EXPECT_GE(summary_of(report.finished()).dead_lettered, 7U);
}

TEST(HandlerSubject, CallsTheOwnHookOfTheProcessor) {
  std::size_t settled = 0;
  const BatchProcessor<SqsRecord> processor(
      {.on_settled = [&settled](const SqsRecord&, const Failure&) { ++settled; }});
  EXPECT_TRUE(simulate(handler_subject(asks_for<Drop>(), processor), of_orders()));
  EXPECT_GE(settled, 7U);
}

TEST(HandlerSubject, GetsTheFieldsBesideThePayload) {
  World world = of_orders();
  const auto handle = [](const SqsRecord& record) {
    if (!record.message_attribute("kind")) throw std::invalid_argument("of no kind");
    zoo::handle_order(record);
  };
  const auto simulated = [&] {
    return simulate(handler_subject(handle, BatchProcessor<SqsRecord>()), world);
  };
  EXPECT_EQ(summary_of(simulated().finished()).processed, 0U);
  world.record_fields = R"({"messageAttributes": {"kind": {"dataType": "String", "stringValue": "order"}}})";
  EXPECT_TRUE(simulated());
  EXPECT_GT(summary_of(simulated().finished()).processed, 50U);
  world.record_fields = R"({"body": ""})";
  EXPECT_THROW((void)simulated(), ImpossibleWorld);
}

}  // namespace
}  // namespace batchproof::simulator
