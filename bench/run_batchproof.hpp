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

/// Bytes in to bytes out by the source's processor.
template <bool with_failures>
std::string run_batchproof(Source source, std::string_view event) {
  static const BatchProcessor<SqsRecord> sqs;
  static const SqsFifoPartialProcessor fifo{{.skip_group_on_error = true}};
  static const BatchProcessor<KinesisStreamRecord> kinesis;
  static const BatchProcessor<DynamoDbRecord> dynamodb;
  switch (source) {
    case Source::sqs:
      return process_partial_response(event, order_handler<with_failures>, sqs);
    case Source::fifo:
      return process_partial_response(event, order_handler<with_failures>, fifo);
    case Source::kinesis:
      return process_partial_response(event, order_handler<with_failures>, kinesis);
    case Source::dynamodb:
      return process_partial_response(event, order_handler<with_failures>, dynamodb);
  }
  return {};
}

}  // namespace batchproof::bench
