#pragma once

#include <batchproof/aws/client.hpp>
#include <chrono>

#include "../aws/loopback_server.hpp"

namespace batchproof {

/// A client of the server that tries again without waiting.
inline aws::ClientOptions client_of(const aws::LoopbackServer& server) {
  return {.region = "eu-west-1",
          .endpoint = server.url(),
          .credentials =
              [] {
                return aws::Credentials{"AKIDEXAMPLE", "secret", ""};
              },
          .time_limit = std::chrono::seconds(20),
          .wait = [](std::chrono::milliseconds) {}};
}

}  // namespace batchproof
