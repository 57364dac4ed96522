#pragma once

#include <batchproof/async/detail/async_processor.hpp>
#include <batchproof/sqs_fifo_partial_processor.hpp>

namespace batchproof::inline v0_1 {

/// An `SqsFifoPartialProcessor` for coroutine handlers. With `skip_group_on_error` message groups are handled
/// concurrently, in order within each; without it one message comes after the other.
///
/// Immutable: one instance serves every invocation, from several threads if its hooks allow that.
class AsyncSqsFifoPartialProcessor
    : public detail::AsyncProcessor<SqsRecord, SqsFifoPartialProcessorOptions> {
 public:
  using AsyncProcessor::AsyncProcessor;
};

}  // namespace batchproof::inline v0_1
