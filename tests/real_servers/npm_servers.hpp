#pragma once

// The servers that npm installs, and clients of them.

#include <batchproof/aws.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "server_process.hpp"

namespace batchproof::testing_servers {

inline ServerProcess start_sqs() {
  return {[](unsigned port) {
            return std::vector<std::string>{"env", "FAUXQS_PORT=" + std::to_string(port),
                                            "FAUXQS_HOST=127.0.0.1", "node",
                                            BATCHPROOF_NODE_MODULES "/fauxqs/dist/cli.js"};
          },
          "listening at"};
}

inline ServerProcess start_dynamodb() {
  return {[](unsigned port) {
            return std::vector<std::string>{"node",
                                            BATCHPROOF_NODE_MODULES "/dynalite/cli.js",
                                            "--port",
                                            std::to_string(port),
                                            "--createTableMs",
                                            "0"};
          },
          "listening at"};
}

inline aws::ClientOptions options_for(const ServerProcess& server) {
  return {.region = "us-east-1",
          .endpoint = server.url(),
          .credentials =
              [] {
                return aws::Credentials{"AKIDEXAMPLE", "secret", ""};
              },
          .time_limit = std::chrono::seconds(20)};
}

}  // namespace batchproof::testing_servers
