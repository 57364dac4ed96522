#include "sources.hpp"

#include <algorithm>

#include "usage_error.hpp"

namespace batchproof::tools {

std::vector<std::string> source_names() {
  std::vector<std::string> names;
  names.reserve(all_sources.size());
  for (const fixtures::Source source : all_sources) names.emplace_back(fixtures::name(source));
  return names;
}

fixtures::Source source_of(std::string_view name) {
  const auto* const found =
      std::find_if(all_sources.begin(), all_sources.end(),
                   [&](fixtures::Source source) { return fixtures::name(source) == name; });
  if (found == all_sources.end()) throw UsageError("there is no source \"" + std::string(name) + "\"");
  return *found;
}

}  // namespace batchproof::tools
