#pragma once

#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "keep.hpp"
#include "payloads.hpp"

namespace batchproof::bench {

/// The handler's own work is nothing, so that what is measured is ours; the payload stays undecoded, as in
/// the bare walk.
template <bool with_failures>
constexpr auto order_handler = [](const auto& record) {
  if (with_failures && fails(record.index())) throw std::runtime_error("bad order");
  keep(record.item_identifier());
};

/// Calls `use` with the processor that is measured for the source. That of a FIFO queue answers also when
/// every message failed, which a failing first message of a small batch is enough for.
template <class Use>
decltype(auto) with_processor(Source source, Use&& use) {
  static const BatchProcessor<SqsRecord> sqs;
  static const SqsFifoPartialProcessor fifo{
      {.skip_group_on_error = true, .raise_on_entire_batch_failure = false}};
  static const BatchProcessor<KinesisStreamRecord> kinesis;
  static const BatchProcessor<DynamoDbRecord> dynamodb;
  switch (source) {
    case Source::fifo:
      return use(fifo);
    case Source::kinesis:
      return use(kinesis);
    case Source::dynamodb:
      return use(dynamodb);
    case Source::sqs:
      break;
  }
  return use(sqs);
}

/// Bytes in to bytes out by the source's processor.
template <bool with_failures>
std::string run_batchproof(Source source, std::string_view event) {
  return with_processor(source, [&](const auto& processor) {
    return process_partial_response(event, order_handler<with_failures>, processor);
  });
}

}  // namespace batchproof::bench
