#include "mode.hpp"

#include <batchproof/fixtures/source_info.hpp>

namespace batchproof::conformance {

using fixtures::Source;

const std::vector<Mode>& modes() {
  static const std::vector<Mode> all = [] {
    std::vector<Mode> modes;
    for (const Source source : fixtures::all_sources) {
      if (source == Source::kafka) continue;  // the peer answers for it in Python alone: kafka.test.cpp
      for (const fixtures::ProcessorMode& mode : fixtures::info_of(source).modes) {
        if (mode.claims.stop_on_first_failure) continue;
        for (const bool throws : {true, false})
          modes.push_back({source, mode.claims.skip_group_on_error, throws});
      }
    }
    return modes;
  }();
  return all;
}

bool is_queue(Source source) noexcept { return !fixtures::is_stream(source); }

std::string event_source(Source source) { return std::string(fixtures::info_of(source).event_source); }

std::string identifier_pointer(Source source) {
  const auto [parent, name] = fixtures::info_of(source).identifier;
  const std::string prefix = parent.empty() ? "/" : '/' + std::string(parent) + '/';
  return prefix + std::string(name);
}

}  // namespace batchproof::conformance
