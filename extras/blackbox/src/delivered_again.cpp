#include "delivered_again.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/evidence.hpp>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>

namespace batchproof::blackbox {
namespace {

/// Adds one to the receive count of a message; other records have none.
void count_receive(std::string& record_json) {
  auto record = fixtures::parse_ordered_json_or_discard(record_json);
  const nlohmann::ordered_json::json_pointer place("/attributes/ApproximateReceiveCount");
  if (!record.contains(place) || !record[place].is_string()) return;
  auto& count = record[place].get_ref<std::string&>();
  std::uint64_t number = 0;
  if (std::from_chars(count.data(), count.data() + count.size(), number).ec != std::errc()) return;
  count = std::to_string(number + 1);
  record_json = fixtures::to_text(record);
}

}  // namespace

fixtures::BatchCase delivered_again(const fixtures::BatchCase& batch_case,
                                    const fixtures::ProcessorClaims& claims,
                                    const properties::Observation& run) {
  const properties::Evidence evidence(batch_case, claims, run);
  fixtures::BatchCase again = batch_case;
  again.records.clear();
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (!evidence.comes_again(index)) continue;
    again.records.push_back(batch_case.records[index]);
    count_receive(again.records.back().json);
  }
  return again;
}

}  // namespace batchproof::blackbox
