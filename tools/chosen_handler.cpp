#include "chosen_handler.hpp"

#include <algorithm>
#include <stdexcept>

#include "payload_text.hpp"

namespace batchproof::tools {
namespace {

template <class Element, class Value>
bool is_named_in(const std::vector<Element>& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <class Record>
void handle_by_options(const Record& record, const FailureOptions& options) {
  if (is_named_in(options.numbers, record.index() + 1)) throw std::runtime_error("--fail-nth names it");
  if (is_named_in(options.identifiers, record.item_identifier()))
    throw std::runtime_error("--fail-ids names it");
  if (options.payload_text && payload_contains(record, *options.payload_text))
    throw std::runtime_error("the payload contains \"" + *options.payload_text + "\"");
  if (options.sample_handler) SampleOrderHandler()(record);
}

}  // namespace

bool FailureOptions::empty() const noexcept {
  return !payload_text && identifiers.empty() && numbers.empty() && !sample_handler;
}

template <fixtures::AnyRecord Record>
void ChosenHandler::operator()(const Record& record) const {
  handle_by_options(record, *options_);
}

#define BATCHPROOF_INSTANTIATE(Record) template void ChosenHandler::operator()(const Record& record) const;
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::tools
