#pragma once

// Lets an effect happen once, although its record may be delivered more than once.

#include <batchproof/idempotency/async_idempotent.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <batchproof/idempotency/options.hpp>
#include <batchproof/idempotency/redis_store.hpp>
#include <batchproof/idempotency/store.hpp>
