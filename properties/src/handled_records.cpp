#include "handled_records.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "readable_json.hpp"

namespace batchproof::properties {

HandledRecords handled_records(const fixtures::BatchCase& batch_case, const Observation& observation) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> bearers;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    bearers[batch_case.records[index].item_identifier].push_back(index);
  }
  HandledRecords handled;
  handled.calls_of_record.resize(batch_case.records.size());
  handled.done.resize(batch_case.records.size());
  std::unordered_map<std::string_view, std::size_t> calls_of_identifier;
  for (const auto& call : observation.calls) {
    const auto found = bearers.find(call.item_identifier);
    if (found == bearers.end()) {
      handled.record_of_call.push_back(std::nullopt);
      continue;
    }
    const std::size_t nth = calls_of_identifier[call.item_identifier]++;
    const std::size_t index = found->second[std::min(nth, found->second.size() - 1)];
    handled.record_of_call.push_back(index);
    ++handled.calls_of_record[index];
    handled.done[index] = !call.threw;
  }
  return handled;
}

std::string name_record(const fixtures::BatchCase& batch_case, std::size_t index) {
  return "record " + std::to_string(index) + " (" + quote_bytes(batch_case.records[index].item_identifier) +
         ")";
}

}  // namespace batchproof::properties
