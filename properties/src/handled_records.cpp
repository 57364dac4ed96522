#include "handled_records.hpp"

#include <optional>
#include <string_view>

#include "readable_json.hpp"
#include "record_finder.hpp"

namespace batchproof::properties {

namespace {

/// The first record that bears the identifier and has had no call, or else the last that bears it.
std::optional<std::size_t> record_of(std::string_view item_identifier, const fixtures::BatchCase& batch_case,
                                     const RecordFinder& finder, const HandledRecords& handled) {
  std::optional<std::size_t> bearer = finder.first(item_identifier);
  if (!bearer) return bearer;
  for (std::size_t index = *bearer; index < batch_case.records.size(); ++index) {
    if (handled.calls_of_record[*bearer] == 0) break;
    if (batch_case.records[index].item_identifier == item_identifier) bearer = index;
  }
  return bearer;
}

}  // namespace

HandledRecords handled_records(const fixtures::BatchCase& batch_case, const Observation& observation) {
  const std::size_t size = batch_case.records.size();
  HandledRecords handled;
  handled.record_of_call.reserve(observation.calls.size());
  handled.calls_of_record.resize(size);
  handled.done.resize(size);
  std::optional<RecordFinder> finder;
  std::size_t first_without_call = 0;  // in batch order it is the next one that is called
  for (const auto& call : observation.calls) {
    while (first_without_call < size && handled.calls_of_record[first_without_call] > 0) ++first_without_call;
    std::optional<std::size_t> index;
    if (first_without_call < size &&
        batch_case.records[first_without_call].item_identifier == call.item_identifier) {
      index = first_without_call;
    } else {
      if (!finder) finder.emplace(batch_case);
      index = record_of(call.item_identifier, batch_case, *finder, handled);
    }
    handled.record_of_call.push_back(index);
    if (!index) continue;
    ++handled.calls_of_record[*index];
    handled.done[*index] = !call.threw;
  }
  return handled;
}

std::string name_record(const fixtures::BatchCase& batch_case, std::size_t index) {
  return "record " + std::to_string(index) + " (" + quote_bytes(batch_case.records[index].item_identifier) +
         ")";
}

}  // namespace batchproof::properties
