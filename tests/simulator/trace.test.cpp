#include <gmock/gmock.h>

#include <batchproof/simulator/replay_trace.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <nlohmann/json.hpp>

#include "scripted.hpp"

namespace batchproof::simulator {
namespace {

using fixtures::Source;

TEST(Trace, TellsTheLifeOfAMessage) {
  const World world{.messages = 1,
                    .batch_size = 10,
                    .handler_time = std::chrono::milliseconds(10),
                    .queue = {.max_receive_count = 1},
                    .faults = {.poison = 1}};
  const std::string id = run_world(library(Source::sqs), world).messages[0].identifier;
  const auto lines = trace_of(library(Source::sqs), world).lines;
  EXPECT_THAT(
      lines,
      ::testing::ElementsAre(
          R"({"world":)" + to_json(world) + '}',
          R"({"at":0,"what":"sent","message":")" + id + R"(","group":8})",
          R"({"at":0,"what":"invoked","invocation":0,"messages":")" + id + R"("})",
          R"({"at":10,"what":"handled","message":")" + id + R"(","invocation":0,"outcome":"failed"})",
          ::testing::StartsWith(
              R"({"at":10,"what":"answered","invocation":0,"failed_because":"the function failed: the one record )"),
          R"({"at":30000,"what":"dead_lettered","message":")" + id + R"(","why":"maxReceiveCount"})",
          R"({"at":30000,"what":"at_rest"})"));
}

TEST(Trace, IsOneJsonObjectALine) {
  for (const Source source : fixtures::all_sources) {
    for (const std::string& line : trace_of(library(source), random_world(source, 3)).lines)
      EXPECT_TRUE(nlohmann::json::accept(line)) << line;
  }
}

TEST(Trace, IsTheSameForTheSameWorld) {
  for (const Source source : fixtures::all_sources) {
    const World world = random_world(source, 11);
    EXPECT_EQ(trace_of(library(source), world).lines, trace_of(library(source), world).lines);
  }
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

TEST(Trace, IsReplayedFromItsOwnText) {
  for (const Source source : fixtures::all_sources) {
    const Trace trace = trace_of(library(source), random_world(source, 5));
    const TraceReplay replay = replay_trace(library(source), text_of(trace.lines));
    EXPECT_FALSE(replay.difference);
    EXPECT_EQ(replay.lines, trace.lines.size());
  }
}

TEST(Trace, ShowsTheFirstLineThatIsAnotherWhenItIsReplayed) {
  const World world{.messages = 1,
                    .batch_size = 10,
                    .handler_time = std::chrono::milliseconds(10),
                    .queue = {.max_receive_count = 1},
                    .faults = {.poison = 1}};
  auto lines = trace_of(library(Source::sqs), world).lines;
  const auto difference_of = [](const std::vector<std::string>& kept) {
    return replay_trace(library(Source::sqs), text_of(kept)).difference.value_or(TraceDifference{});
  };
  auto changed = lines;
  changed[3] = "{}";
  EXPECT_EQ(difference_of(changed).line, 4U);
  EXPECT_EQ(difference_of(changed).before, "{}");
  EXPECT_EQ(difference_of(changed).now, lines[3]);
  auto shorter = lines;
  shorter.pop_back();
  EXPECT_EQ(difference_of(shorter).line, lines.size());
  EXPECT_EQ(difference_of(shorter).before, "");
  auto longer = lines;
  longer.push_back("{}");
  EXPECT_EQ(difference_of(longer).line, longer.size());
  EXPECT_EQ(difference_of(longer).now, "");
}

TEST(Trace, IsNotReplayedWithoutAWorld) {
  for (const std::string text : {"", "{}\n", "[]", "not json", "{\"world\":7}"})
    EXPECT_THROW((void)replay_trace(library(Source::sqs), text), std::invalid_argument) << text;
}

/// The hash of the traces of a hundred worlds.
std::uint64_t hash_of_worlds(Source source) {
  std::uint64_t hash = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    hash = hash * 31 + trace_of(library(source), random_world(source, seed)).hash;
  return hash;
}

// Fixed values, so that every compiler and optimisation must agree. A change of the simulator changes them:
// read the traces, and write the new ones.
TEST(Trace, IsTheSameWhateverCompiledIt) {
  EXPECT_EQ(hash_of_worlds(Source::sqs), 11451573701887556826U);
  EXPECT_EQ(hash_of_worlds(Source::sqs_fifo), 6924959092758387373U);
  EXPECT_EQ(hash_of_worlds(Source::kinesis), 18180286513099318667U);
  EXPECT_EQ(hash_of_worlds(Source::dynamodb), 13690785086835269664U);
}

}  // namespace
}  // namespace batchproof::simulator
