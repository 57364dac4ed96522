#pragma once

// Coroutine handlers, of Boost.Asio. Opt-in: no header that `batch.hpp` includes needs Boost.

#include <batchproof/async/async_base_partial_processor.hpp>
#include <batchproof/async/async_batch_processor.hpp>
#include <batchproof/async/async_handler.hpp>
#include <batchproof/async/async_process_partial_response.hpp>
#include <batchproof/async/async_sqs_fifo_partial_processor.hpp>
