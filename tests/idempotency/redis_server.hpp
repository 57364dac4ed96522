#pragma once

// A Redis server on loopback, that the tests start and stop.

#include <batchproof/idempotency/redis_store.hpp>
#include <memory>
#include <string>
#include <vector>

#include "../real_servers/server_process.hpp"

namespace batchproof {

using testing_servers::ServerProcess;

inline std::unique_ptr<ServerProcess> start_redis(const std::string& password = "",
                                                  unsigned port = testing_servers::free_port()) {
  return std::make_unique<ServerProcess>(
      [&](unsigned chosen) {
        std::vector<std::string> command{
            "redis-server", "--port", std::to_string(chosen), "--bind", "127.0.0.1",
            "--save",       "",       "--appendonly",         "no"};
        if (!password.empty()) command.insert(command.end(), {"--requirepass", password});
        return command;
      },
      "Ready to accept connections", port);
}

/// One for all tests of the program.
inline const ServerProcess& shared_redis() {
  static const std::unique_ptr<ServerProcess> server = start_redis();
  return *server;
}

inline RedisStoreOptions options_for(const ServerProcess& server) {
  return {.port = static_cast<int>(server.port())};
}

}  // namespace batchproof
