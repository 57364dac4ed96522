#include <batchproof/version.hpp>

#include <gtest/gtest.h>

#include <string>

namespace batchproof {
namespace {

TEST(Version, IsTheSameAsATextAndAsNumbers) {
  EXPECT_EQ(BATCHPROOF_VERSION, std::to_string(BATCHPROOF_VERSION_MAJOR) + "." +
                                    std::to_string(BATCHPROOF_VERSION_MINOR) + "." +
                                    std::to_string(BATCHPROOF_VERSION_PATCH));
}

}  // namespace
}  // namespace batchproof
