// The smallest function that somebody writes. Nothing runs it: script/track counts the lines that a compiler
// reads for it.
#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  if (record.body().empty()) throw std::invalid_argument("an order without a body");
}

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, processor);
}
