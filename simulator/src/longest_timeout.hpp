#pragma once

#include <batchproof/fixtures/source.hpp>
#include <chrono>

namespace batchproof::simulator {

/// How long an invocation may take at most: 15 minutes ("Configure Lambda function timeout", AWS Lambda
/// developer guide), and 5 behind a pipe ("Amazon EventBridge Pipes batching and concurrency").
constexpr std::chrono::milliseconds longest_timeout(fixtures::Source source) {
  return fixtures::is_pipe(source) ? std::chrono::minutes(5) : std::chrono::minutes(15);
}

}  // namespace batchproof::simulator
