#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>

#include "keep.hpp"
#include "payloads.hpp"

namespace batchproof::bench {

/// A handler without work of its own, so that only the library is measured; the payload stays undecoded, as
/// in the bare walk.
template <bool with_failures>
constexpr auto order_handler = [](const auto& record) {
  if (with_failures && fails(record.index())) throw std::runtime_error("bad order");
  keep(record.item_identifier());
};

/// Calls `use` with the processor to measure for the source. The FIFO processor answers also when every
/// message failed: in a small batch a failing first message is enough for that.
template <class Use>
decltype(auto) with_processor(Source source, Use&& use) {
  return fixtures::with_record_type(source, [&]<class Record>() -> decltype(auto) {
    if constexpr (std::same_as<Record, SqsRecord>) {
      static const SqsFifoPartialProcessor fifo{
          {.skip_group_on_error = true, .raise_on_entire_batch_failure = false}};
      if (source == Source::sqs_fifo) return use(fifo);
    }
    static const BatchProcessor<Record> processor;
    return use(processor);
  });
}

/// From event bytes to response bytes, by the source's processor.
template <bool with_failures>
std::string run_batchproof(Source source, std::string_view event) {
  return with_processor(source, [&](const auto& processor) {
    return process_partial_response(event, order_handler<with_failures>, processor);
  });
}

/// The same for SQS messages, by a handler that reads each body, as most do.
inline std::string run_and_read_bodies(std::string_view event) {
  static const BatchProcessor<SqsRecord> processor;
  return process_partial_response(
      event, [](const SqsRecord& record) { keep(record.body()); }, processor);
}

}  // namespace batchproof::bench
