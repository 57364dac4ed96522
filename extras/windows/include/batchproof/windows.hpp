#pragma once

// Tumbling windows of Kinesis and DynamoDB Streams. <batchproof/async_windows.hpp> has them for coroutines.

#include <batchproof/batch.hpp>
#include <batchproof/windows/process_window.hpp>
#include <batchproof/windows/window.hpp>
#include <batchproof/windows/window_state.hpp>
