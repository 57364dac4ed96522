#pragma once

#include <batchproof/fixtures/library_processor.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::simulator {

inline fixtures::Subject library(fixtures::Source source, const fixtures::ProcessorClaims& claims = {}) {
  return fixtures::library_processor(source, claims);
}

/// Calls no handler. It gives these responses in turn, and `last` to all later batches.
inline fixtures::Subject answers(std::vector<std::string> responses,
                                 std::string last = R"({"batchItemFailures":[]})") {
  const auto next = std::make_shared<std::size_t>(0);
  return
      [=](std::string_view, RecordProbe&) { return *next < responses.size() ? responses[(*next)++] : last; };
}

}  // namespace batchproof::simulator
