#include <gmock/gmock.h>

#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/run_world.hpp>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

void expect_every_law(Source source, const ProcessorClaims& claims) {
  const auto subject = library(source, claims);
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    World world = random_world(source, seed);
    world.claims = claims;
    const FinishedWorld finished = run_world(subject, world);
    for (const EndToEndLaw& law : end_to_end_laws()) {
      if (!law.applies(world)) continue;
      ASSERT_THAT(law.violations(finished), ::testing::IsEmpty()) << law.id << " " << to_json(world);
    }
  }
}

TEST(LibraryProcessors, KeepTheLawsOnAStandardQueue) {
  expect_every_law(Source::sqs, {});
  expect_every_law(Source::sqs, {.raise_on_entire_batch_failure = false});
}

TEST(LibraryProcessors, KeepTheLawsOnAFifoQueue) {
  expect_every_law(Source::sqs_fifo, {});
  expect_every_law(Source::sqs_fifo, {.skip_group_on_error = true});
}

TEST(LibraryProcessors, KeepTheLawsOnAStream) {
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    expect_every_law(source, {});
    expect_every_law(source, {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true});
  }
}

TEST(PoisonIsIsolated, SaysHowManySplitsItTook) {
  FinishedWorld finished;
  finished.messages.resize(4);
  for (Message& message : finished.messages) {
    message.deliveries = 1;
    message.disposition = Disposition::done;
  }
  finished.messages[1].identifier = "49";
  finished.messages[1].failures = always;
  finished.messages[1].splits = 5;
  EXPECT_THAT(
      poison_is_isolated.violations(finished),
      ::testing::ElementsAre("\"49\" alone made its batch of 4 fail, and it took 5 splits to find it"));
  finished.messages[1].splits = 3;
  EXPECT_THAT(poison_is_isolated.violations(finished), ::testing::IsEmpty());
}

}  // namespace
}  // namespace batchproof::simulator
