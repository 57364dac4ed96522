#include <algorithm>
#include <batchproof/properties/service_view.hpp>

#include "record_finder.hpp"

namespace batchproof::properties {
namespace {

using fixtures::ServiceAnswer;

/// Valid until the next call. Several laws ask about one response after the other.
const ServiceAnswer& read_answer(const std::string& text, fixtures::Source source) {
  thread_local std::optional<std::string> last_text;
  thread_local auto last_source = fixtures::Source::sqs;
  thread_local ServiceAnswer last_answer;
  if (last_text != text || last_source != source) {
    last_text.reset();
    last_answer = fixtures::read_service_answer(text, source);
    last_text = text;
    last_source = source;
  }
  return last_answer;
}

}  // namespace

bool ServiceView::reports(std::string_view item_identifier) const {
  return whole_batch || std::find(reported.begin(), reported.end(), item_identifier) != reported.end();
}

std::optional<std::string> ServiceView::checkpoint() const {
  const auto lowest = std::min_element(reported.begin(), reported.end(), lower_sequence_number);
  return lowest == reported.end() ? std::nullopt : std::optional(*lowest);
}

ServiceView read_as_service(const Observation& observation, const fixtures::BatchCase& batch_case) {
  ServiceView view;
  if (!observation.response) {
    view.whole_batch = "the function failed: " + observation.error;
    return view;
  }
  const ServiceAnswer& answer = read_answer(*observation.response, batch_case.source);
  view.reported = answer.reported;
  view.whole_batch = answer.whole_batch;
  if (view.reported.empty()) return view;
  const RecordFinder finder(batch_case);
  for (const std::string& reported : view.reported) {
    if (!finder.first(reported)) view.whole_batch = "\"" + reported + "\" is not in the batch";
  }
  return view;
}

}  // namespace batchproof::properties
