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

/// Calls no handler. It reports the first record of the first batch, in this element, and nothing later.
inline fixtures::Subject reports_first(std::string before, std::string after) {
  const auto done = std::make_shared<bool>(false);
  return [=](std::string_view payload, RecordProbe&) -> std::string {
    if (std::exchange(*done, true)) return "{}";
    constexpr std::string_view name = R"("messageId":")";
    const auto begin = payload.find(name) + name.size();
    const auto identifier = std::string(payload.substr(begin, payload.find('"', begin) - begin));
    return R"({"batchItemFailures":[)" + before + identifier + after + "]}";
  };
}

/// Calls no handler. It gives these responses in turn, and `last` to all later batches.
inline fixtures::Subject answers(std::vector<std::string> responses,
                                 std::string last = R"({"batchItemFailures":[]})") {
  const auto next = std::make_shared<std::size_t>(0);
  return
      [=](std::string_view, RecordProbe&) { return *next < responses.size() ? responses[(*next)++] : last; };
}

}  // namespace batchproof::simulator
