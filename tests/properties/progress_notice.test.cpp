// A verification that takes long says how far it is.

#include <gmock/gmock.h>

#include <chrono>
#include <sstream>
#include <string>

#include "search/progress_notice.hpp"

namespace batchproof::properties {
namespace {

using std::chrono::seconds;

TEST(ProgressNotices, ComeAfterTenSecondsAndThenEachTimeAsLate) {
  std::chrono::steady_clock::time_point now{};
  std::ostringstream out;
  ProgressNotice notice(out, [&] { return now; });
  for (int second = 0; second < 50; ++second) {
    now += seconds(1);
    notice.at([&] { return "random case " + std::to_string(second) + " of 1,000"; });
  }
  EXPECT_EQ(out.str(),
            "batchproof: random case 9 of 1,000 after 10 s\n"
            "            (fewer .cases, or BATCHPROOF_PROFILE=quick, take less time)\n"
            "batchproof: random case 19 of 1,000 after 20 s\n"
            "batchproof: random case 39 of 1,000 after 40 s\n");
}

TEST(ProgressNotices, OfOneLongCaseComeOnce) {
  std::chrono::steady_clock::time_point now{};
  std::ostringstream out;
  ProgressNotice notice(out, [&] { return now; });
  now += seconds(90);
  notice.at([] { return "small case 2 of 9"; });
  now += seconds(1);
  notice.at([] { return "small case 3 of 9"; });
  EXPECT_THAT(out.str(), testing::StartsWith("batchproof: small case 2 of 9 after 90 s\n"));
  EXPECT_THAT(out.str(), testing::Not(testing::HasSubstr("case 3")));
}

}  // namespace
}  // namespace batchproof::properties
