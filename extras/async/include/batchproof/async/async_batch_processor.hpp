#pragma once

#include <batchproof/async/detail/async_processor.hpp>
#include <batchproof/batch_processor.hpp>

namespace batchproof::inline v0_1 {

/// A `BatchProcessor` for coroutine handlers: while one waits, others continue, as many as
/// `max_concurrency` allows and in the order of their source. Hooks are plain functions, and run one at a
/// time.
///
/// Immutable: one instance serves every invocation, from several threads if its hooks allow that.
template <class Record>
class AsyncBatchProcessor : public detail::AsyncProcessor<Record, BatchProcessorOptions<Record>> {
 public:
  using detail::AsyncProcessor<Record, BatchProcessorOptions<Record>>::AsyncProcessor;
};

}  // namespace batchproof::inline v0_1
