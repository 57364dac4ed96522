#include <batchproof/fixtures/wording.hpp>
#include <batchproof/properties/named_report.hpp>

namespace batchproof::properties {

std::string name_of(std::string_view subject, std::string_view mode) {
  std::string name(subject);
  if (!subject.empty() && !mode.empty()) name += ", ";
  return name.append(mode);
}

std::string joined_names(std::span<const fixtures::Source> sources) {
  std::vector<std::string_view> names;
  for (const fixtures::Source source : sources) names.push_back(fixtures::name(source));
  return fixtures::joined(names);
}

}  // namespace batchproof::properties
