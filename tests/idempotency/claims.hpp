#pragma once

#include <batchproof/idempotency/store.hpp>
#include <chrono>
#include <string>

namespace batchproof {

using namespace std::chrono_literals;

inline constexpr std::chrono::milliseconds ample_time = 20s;

inline Claim claim_of(const std::string& key, const std::string& token,
                      std::chrono::system_clock::time_point now = std::chrono::system_clock::now()) {
  return {.key = key,
          .token = token,
          .validation = "hash",
          .now = now,
          .in_progress_until = now + 1min,
          .expires = now + 24h};
}

}  // namespace batchproof
