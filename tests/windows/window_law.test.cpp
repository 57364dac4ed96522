// The windows of this library, judged by the laws of processors.

#include <gtest/gtest.h>

#include <batchproof/async_windows.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "window_subject.hpp"

namespace batchproof {
namespace {

class EachWindow : public ::testing::TestWithParam<fixtures::Source> {};

TEST_P(EachWindow, KeepsTheLaws) {
  const auto report =
      properties::verify_laws(properties::processor_laws(), GetParam(), tools::window_subject(GetParam()),
                              {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true},
                              {.cases = 300, .seed = 7, .hostile = true});
  EXPECT_TRUE(report.passed()) << report.text();
}

struct Folded {
  std::vector<std::string> folded{};
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Folded, folded)

/// `async_process_window` with the state that `tools::window_subject` has.
std::string fold_by_coroutines(std::string_view payload, RecordProbe& probe) {
  bool is_finished = false;
  probe.expect_promised_errors();
  const auto fold = [&](Folded& state, const KinesisStreamRecord& record) -> boost::asio::awaitable<void> {
    state.folded.emplace_back(record.sequence_number());
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    probe(record);
  };
  const auto finish = [&](const Folded&, const Window&) -> boost::asio::awaitable<void> {
    is_finished = true;
    co_return;
  };
  const std::string response =
      async_process_window<Folded>(payload, fold, finish, AsyncBatchProcessor<KinesisStreamRecord>());
  if (!is_finished) return response;
  auto answer = nlohmann::json::parse(response);
  answer["state"]["finished"] = true;
  return answer.dump();
}

TEST(WindowLaws, HoldForCoroutines) {
  const auto report = properties::verify_laws(
      properties::processor_laws(), fixtures::Source::kinesis_window, fold_by_coroutines,
      {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true}, {.cases = 300, .seed = 7});
  EXPECT_TRUE(report.passed()) << report.text();
}

INSTANTIATE_TEST_SUITE_P(All, EachWindow, ::testing::ValuesIn(fixtures::window_sources));

}  // namespace
}  // namespace batchproof
