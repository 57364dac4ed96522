#include "mode.hpp"

namespace batchproof::conformance {

using fixtures::Source;

const std::vector<Mode>& modes() {
  static const std::vector<Mode> all{{Source::sqs, false, true},      {Source::sqs, false, false},
                                     {Source::sqs_fifo, false, true}, {Source::sqs_fifo, false, false},
                                     {Source::sqs_fifo, true, true},  {Source::sqs_fifo, true, false},
                                     {Source::kinesis, false, true},  {Source::kinesis, false, false},
                                     {Source::dynamodb, false, true}, {Source::dynamodb, false, false}};
  return all;
}

bool is_queue(Source source) noexcept { return source == Source::sqs || source == Source::sqs_fifo; }

std::string event_source(Source source) {
  if (source == Source::kinesis) return "aws:kinesis";
  return source == Source::dynamodb ? "aws:dynamodb" : "aws:sqs";
}

std::string identifier_pointer(Source source) {
  if (source == Source::kinesis) return "/kinesis/sequenceNumber";
  return source == Source::dynamodb ? "/dynamodb/SequenceNumber" : "/messageId";
}

}  // namespace batchproof::conformance
