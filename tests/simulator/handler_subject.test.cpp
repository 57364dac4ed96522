#include <gmock/gmock.h>

#include <batchproof/simulator.hpp>
#include <batchproof/zoo/broken_handlers.hpp>

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

}  // namespace
}  // namespace batchproof::simulator
