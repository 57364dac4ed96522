// One client on several threads, for the thread sanitizer too.

#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/aws.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "loopback_server.hpp"

namespace batchproof::aws {
namespace {

TEST(ConcurrencyOfAwsClients, CallsFromSeveralThreads) {
  // The server takes one connection after the other.
  LoopbackServer server(
      LoopbackServer::Answers{{.body = R"({"MessageId":"m"})", .headers = "Connection: close\r\n"}});
  const Client client(Service::sqs, {.region = "eu-west-1",
                                     .endpoint = server.url(),
                                     .credentials =
                                         [] {
                                           return Credentials{"AKIDEXAMPLE", "secret", "token"};
                                         },
                                     .connect_timeout = std::chrono::seconds(20),
                                     .time_limit = std::chrono::seconds(20)});
  constexpr std::size_t threads = 4;
  constexpr std::size_t calls = 20;
  std::atomic<std::size_t> answers = 0;
  std::vector<std::thread> callers;
  for (std::size_t number = 0; number < threads; ++number) {
    callers.emplace_back([&] {
      for (std::size_t call = 0; call < calls; ++call)
        answers += client.call("SendMessage", "{}") == R"({"MessageId":"m"})" ? 1 : 0;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(answers, threads * calls);
  EXPECT_EQ(server.requests().size(), threads * calls);
}

}  // namespace
}  // namespace batchproof::aws
