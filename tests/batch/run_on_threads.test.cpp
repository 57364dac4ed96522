#include <batchproof/detail/run_on_threads.hpp>

#include <gtest/gtest.h>

#include <new>

namespace batchproof::detail {
namespace {

TEST(RunOnThreads, ThrowsWhatIsNoFailureOfARecord) {
  EXPECT_THROW(run_on_threads({0, 1, 2}, 2, [](std::size_t) { throw std::bad_alloc(); }), std::bad_alloc);
}

}  // namespace
}  // namespace batchproof::detail
