#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/generators/deletions.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace batchproof::generators {

using Json = nlohmann::ordered_json;

fixtures::CaseRecord removal_of(fixtures::CaseRecord change, Removed by) {
  Json record = fixtures::parse_ordered_json(change.json);
  const Json::json_pointer image("/dynamodb/NewImage");
  if (!record.contains(image)) throw std::invalid_argument("removal_of needs a change with a NewImage");
  record["eventName"] = "REMOVE";
  Json& changed = record["dynamodb"];
  changed["OldImage"] = std::exchange(changed["NewImage"], nullptr);
  changed.erase("NewImage");
  if (by == Removed::by_time_to_live)
    record["userIdentity"] = {{"type", "Service"}, {"principalId", "dynamodb.amazonaws.com"}};
  change.json = fixtures::to_text(record);
  change.fields.clear();
  return change;
}

bool is_removal(const fixtures::CaseRecord& record) {
  return record.json.find(R"("eventName":"REMOVE")") != std::string::npos;
}

fixtures::CaseRecord tombstone_of(fixtures::CaseRecord record, MissingValue value) {
  Json json = fixtures::parse_ordered_json(record.json);
  if (value == MissingValue::null) {
    json["value"] = nullptr;
  } else {
    json.erase("value");
  }
  record.json = fixtures::to_text(json);
  record.fields.clear();
  return record;
}

bool is_tombstone(const fixtures::CaseRecord& record) {
  const Json json = fixtures::parse_ordered_json(record.json);
  return !json.contains("value") || json["value"].is_null();
}

}  // namespace batchproof::generators
