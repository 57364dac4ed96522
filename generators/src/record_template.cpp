#include "record_template.hpp"

#include <string_view>

namespace batchproof::generators {

RecordTemplate::RecordTemplate(const fixtures::CaseRecord& record,
                               const std::vector<std::string>& placeholders)
    : record_(record),
      identifier_(record.item_identifier, placeholders),
      group_(record.message_group_id.value_or(""), placeholders),
      json_(record.json, placeholders) {
  for (std::size_t index = 0; index < record.fields.size(); ++index) {
    fixtures::TextTemplate value(record.fields[index].value, placeholders);
    if (!value.has_gaps()) continue;
    fields_.emplace_back(index, std::move(value));
    record_.fields[index].value.clear();
  }
}

fixtures::CaseRecord RecordTemplate::fill(const std::vector<std::string>& texts) const {
  const std::vector<std::string_view> values(texts.begin(), texts.end());
  fixtures::CaseRecord filled;
  identifier_.fill(values, filled.item_identifier);
  if (record_.message_group_id) group_.fill(values, filled.message_group_id.emplace());
  json_.fill(values, filled.json);
  filled.fields = record_.fields;
  for (const auto& [index, value] : fields_) value.fill(values, filled.fields[index].value);
  return filled;
}

}  // namespace batchproof::generators
