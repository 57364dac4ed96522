#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/field_that_explains.hpp>
#include <nlohmann/json.hpp>
#include <string_view>

namespace batchproof::properties {
namespace {

bool has_other_text(const nlohmann::json& json, const char* pointer, std::string_view text) {
  const nlohmann::json::json_pointer place(pointer);
  return json.contains(place) && json[place].is_string() && json[place] != text;
}

}  // namespace

std::string field_that_explains(const Evidence& evidence) {
  const fixtures::BatchCase& batch_case = evidence.batch_case;
  bool any = false;
  bool are_other_changes = fixtures::info_of(batch_case.source).payload_kind == fixtures::PayloadKind::item;
  bool were_received = true;
  for (const fixtures::CaseRecord& record : batch_case.records) {
    if (!record.rejected || evidence.view().reports(record.item_identifier)) continue;
    const auto json = fixtures::parse_json_or_discard(record.json);
    any = true;
    are_other_changes = are_other_changes && has_other_text(json, "/eventName", "INSERT");
    were_received = were_received && has_other_text(json, "/attributes/ApproximateReceiveCount", "1");
  }
  if (!any) return "";
  if (are_other_changes) {
    return "if INSERT alone is handled, say so (record_fields, --record-fields "
           R"('{"eventName": "INSERT", "dynamodb": {"OldImage": null}}'))";
  }
  if (!were_received) return "";
  return "if a message is given up after some receives, say so (record_fields, --record-fields "
         R"('{"attributes": {"ApproximateReceiveCount": "1"}}'))";
}

}  // namespace batchproof::properties
