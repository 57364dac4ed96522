#include "processes.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <string>

namespace batchproof::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

std::string number(std::size_t place, std::size_t /*job*/) { return std::to_string(place); }

TEST(Processes, ReturnTheTextsByPlace) {
  std::vector<std::string> wanted;
  for (std::size_t place = 0; place < 100; ++place) wanted.push_back(std::to_string(place));
  for (const std::size_t jobs : {1U, 3U, 200U})
    EXPECT_EQ(texts_of_processes(100, jobs, number), wanted) << jobs;
  EXPECT_TRUE(texts_of_processes(0, 2, number).empty());
}

TEST(Processes, ReturnTextsThatNoPipeHolds) {
  const auto large = [](std::size_t place, std::size_t) {
    return std::string(1'000'000, place == 0 ? 'a' : 'b');
  };
  const auto texts = texts_of_processes(2, 2, large);
  EXPECT_EQ(texts[0], std::string(1'000'000, 'a'));
  EXPECT_EQ(texts[1], std::string(1'000'000, 'b'));
}

TEST(Processes, LeaveOutNoTextWhenAnotherChildEnds) {
  const pid_t other = fork();
  if (other == 0) _exit(0);
  siginfo_t end{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(other), &end, WEXITED | WNOWAIT), 0);  // it has ended, unnoticed
  const auto texts = texts_of_processes(
      2, 2, [](std::size_t place, std::size_t) { return std::string(1'000'000, place == 0 ? 'a' : 'b'); });
  EXPECT_EQ(texts[0].size() + texts[1].size(), 2'000'000U);
}

TEST(Processes, ThrowWhatARunThrew) {
  const auto fails = [](std::size_t place, std::size_t) -> std::string {
    if (place == 3) throw std::invalid_argument("no such source");
    return "";
  };
  EXPECT_THAT([&] { texts_of_processes(10, 2, fails); }, ThrowsMessage<std::runtime_error>("no such source"));
  const auto odd = [](std::size_t, std::size_t) -> std::string { throw 7; };
  EXPECT_THAT([&] { texts_of_processes(10, 2, odd); },
              ThrowsMessage<std::runtime_error>(HasSubstr("unknown type")));
}

TEST(Processes, EndTogetherWhenOneIsKilled) {
  const auto is_killed = [](std::size_t place, std::size_t) -> std::string {
    if (place == 1) raise(SIGKILL);
    pause();  // until it is ended
    return "";
  };
  EXPECT_THAT([&] { texts_of_processes(2, 2, is_killed); },
              ThrowsMessage<std::runtime_error>(HasSubstr("killed by signal 9 (Killed)")));
}

}  // namespace
}  // namespace batchproof::tools
