#pragma once

// Verifies handlers that run concurrently: in a processor of yours, or a handler of yours in ours.
//
//     batchproof::verify_concurrency<bp::SqsRecord>(subject, {.max_concurrency = 4})
//     batchproof::verify_concurrency<bp::SqsRecord>(handle_order, {.accepted = {...}, .rejected = {...}})

#include <batchproof/concurrency/concurrent_probe.hpp>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/concurrency/turns.hpp>
#include <batchproof/concurrency/verify_concurrency.hpp>
