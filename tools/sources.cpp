#include "sources.hpp"

#include "usage_error.hpp"

namespace batchproof::tools {

std::vector<std::string> source_names() {
  std::vector<std::string> names;
  names.reserve(fixtures::all_sources.size());
  for (const fixtures::Source source : fixtures::all_sources) names.emplace_back(fixtures::name(source));
  return names;
}

fixtures::Source source_of(std::string_view name) {
  const auto source = fixtures::source_named(name);
  if (!source) throw UsageError("there is no source \"" + std::string(name) + "\"");
  return *source;
}

}  // namespace batchproof::tools
