#pragma once

// Test suites that run once for each source: TYPED_TEST_SUITE(MySuite, AllSources, SourceNames).

#include <gtest/gtest.h>

#include <string>

#include "events.hpp"

namespace batchproof {

using AllSources = ::testing::Types<SqsRecord, KinesisStreamRecord, DynamoDbRecord>;
using StreamSources = ::testing::Types<KinesisStreamRecord, DynamoDbRecord>;

struct SourceNames {
  template <class Record>
  static std::string GetName(int) {  // NOLINT(readability-identifier-naming): GoogleTest's name
    return Source<Record>::name;
  }
};

}  // namespace batchproof
