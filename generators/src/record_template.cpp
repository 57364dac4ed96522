#include "record_template.hpp"

#include <algorithm>

namespace batchproof::generators {

TextTemplate::TextTemplate(std::string_view text, const std::vector<std::string>& placeholders) {
  while (true) {
    std::size_t gap = std::string_view::npos;
    std::size_t value = 0;
    for (std::size_t index = 0; index < placeholders.size(); ++index) {
      const std::size_t place = text.find(placeholders[index]);
      if (place >= gap) continue;
      gap = place;
      value = index;
    }
    if (gap == std::string_view::npos) break;
    parts_.push_back({std::string(text.substr(0, gap)), value});
    text.remove_prefix(gap + placeholders[value].size());
  }
  after_ = text;
}

std::string TextTemplate::fill(const std::vector<std::string>& values) const {
  std::size_t size = after_.size();
  for (const Part& part : parts_) size += part.before.size() + values[part.value].size();
  std::string text;
  text.reserve(size);
  for (const Part& part : parts_) {
    text += part.before;
    text += values[part.value];
  }
  return text += after_;
}

RecordTemplate::RecordTemplate(const fixtures::CaseRecord& record,
                               const std::vector<std::string>& placeholders)
    : record_(record),
      identifier_(record.item_identifier, placeholders),
      group_(record.message_group_id.value_or(""), placeholders),
      json_(record.json, placeholders) {
  for (std::size_t index = 0; index < record.fields.size(); ++index) {
    TextTemplate value(record.fields[index].value, placeholders);
    if (!value.has_gaps()) continue;
    fields_.emplace_back(index, std::move(value));
    record_.fields[index].value.clear();
  }
}

fixtures::CaseRecord RecordTemplate::fill(const std::vector<std::string>& values) const {
  fixtures::CaseRecord filled;
  filled.item_identifier = identifier_.fill(values);
  if (record_.message_group_id) filled.message_group_id = group_.fill(values);
  filled.json = json_.fill(values);
  filled.fields = record_.fields;
  for (const auto& [index, value] : fields_) filled.fields[index].value = value.fill(values);
  return filled;
}

}  // namespace batchproof::generators
