#include "record_template.hpp"

#include <string>
#include <utility>

namespace batchproof::generators {

RecordTemplate::RecordTemplate(const fixtures::CaseRecord& record,
                               const std::vector<std::string>& placeholders)
    : record_(record),
      identifier_(record.item_identifier, placeholders),
      group_(record.message_group_id.value_or(""), placeholders),
      json_(record.json, placeholders) {
  fixtures::SeenFields before;
  for (const fixtures::SeenField field : record.fields) {
    fixtures::TextTemplate value(field.value, placeholders);
    if (value.has_gaps()) {
      fields_with_gaps_.push_back({std::exchange(before, {}), std::string(field.name), std::move(value)});
    } else {
      before.push_back(field);
    }
  }
  fields_behind_ = std::move(before);
}

fixtures::CaseRecord RecordTemplate::fill(const std::vector<std::string>& values) const {
  fixtures::CaseRecord filled;
  filled.odd_field = record_.odd_field;
  identifier_.fill(values, filled.item_identifier);
  if (record_.message_group_id) group_.fill(values, filled.message_group_id.emplace());
  json_.fill(values, filled.json);
  if (record_.fields.empty()) return filled;
  constexpr std::size_t room_for_longer_values = 32;
  filled.fields.reserve(record_.fields.size_bytes() + room_for_longer_values);
  std::string text;
  for (const auto& [before, name, value] : fields_with_gaps_) {
    value.fill(values, text);
    filled.fields.append(before.begin(), before.end());
    filled.fields.push_back({name, text});
  }
  filled.fields.append(fields_behind_.begin(), fields_behind_.end());
  return filled;
}

}  // namespace batchproof::generators
