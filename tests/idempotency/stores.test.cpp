// The contract of a store, for the stores that need nothing but Debian's packages.

#include <batchproof/idempotency/memory_store.hpp>
#include <batchproof/idempotency/redis_store.hpp>

#include <gtest/gtest.h>

#include "redis_server.hpp"
#include "store_contract.hpp"

namespace batchproof {
namespace {

const StoreKind memory{"Memory", [] { return std::make_unique<MemoryStore>(); }};
const StoreKind redis{"Redis", [] { return std::make_unique<RedisStore>(options_for(shared_redis())); }};

INSTANTIATE_TEST_SUITE_P(All, IdempotencyStores, ::testing::Values(memory, redis), name_of_kind);
INSTANTIATE_TEST_SUITE_P(All, SharedIdempotencyStores, ::testing::Values(redis), name_of_kind);

}  // namespace
}  // namespace batchproof
