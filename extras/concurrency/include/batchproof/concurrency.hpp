#pragma once

// Verifies a processor of coroutine handlers under many schedules. Without GoogleTest:
//
//     batchproof::verify_concurrency<bp::SqsRecord>(subject, {.max_concurrency = 4})

#include <batchproof/concurrency/concurrency_law.hpp>
#include <batchproof/concurrency/concurrency_report.hpp>
#include <batchproof/concurrency/concurrent_observation.hpp>
#include <batchproof/concurrency/concurrent_probe.hpp>
#include <batchproof/concurrency/turns.hpp>
#include <batchproof/concurrency/verify_concurrency.hpp>
