#include "table.hpp"

#include <cstdio>
#include <utility>

namespace batchproof::bench {

void Table::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.error_occurred) {
      std::printf("%s: %s\n", run.run_name.function_name.c_str(), run.error_message.c_str());
      over_limit_ = true;
      continue;
    }
    const Section& section = section_of(run);
    if (const Section* const before = std::exchange(current_, &section); before != &section)
      std::printf("%s%s\n", before == nullptr ? "" : "\n", section.head);
    if (section.print(run)) over_limit_ = true;
  }
  std::fflush(stdout);
}

}  // namespace batchproof::bench
