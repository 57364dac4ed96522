#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "baselines.hpp"
#include "benchmarks.hpp"
#include "keep.hpp"
#include "run_batchproof.hpp"

namespace batchproof::bench {
namespace {

/// Sets the limits of a row, as multiples of the bare walk.
void set_limits(PairedTiming& row) {
  const bool is_small = row.records < 1'000;
  if (row.throws == 0) {
    row.limit = is_small ? 1.3 : 1.15;
    return;
  }
  row.limit = 1.5;
  if (!is_small) row.limit_without_throws = 1.15;
}

std::string headline_of(Source source, bool with_failures) {
  constexpr std::array<const char*, listed_sources.size()> none_failing{"", "", "Kinesis records",
                                                                        "DynamoDB changes"};
  if (with_failures) return source == Source::sqs ? "messages, 5% throw" : "";
  return none_failing[static_cast<std::size_t>(source)];
}

template <bool with_failures>
PairedTiming end_to_end(Source source, std::size_t records) {
  PairedTiming row{.name = std::string(title(source)) + (with_failures ? "/5% throw" : "/none failing"),
                   .source = source,
                   .records = records,
                   .event = [=] { return payload(source, records); },
                   .ours = [=](std::string_view event) -> Work {
                     return [=] { keep(run_batchproof<with_failures>(source, event)); };
                   },
                   .throws = with_failures ? records / 20 : 0,
                   .nlohmann_loop = [=](std::string_view event) -> Work {
                     return [=] { keep(plain_nlohmann_loop(source, event, with_failures)); };
                   }};
  set_limits(row);
  if (records == 1'000) {
    row.powertools_failing_percent = with_failures ? 5 : 0;
    row.headline = headline_of(source, with_failures);
  }
  return row;
}

/// The walk then unescapes the bodies too.
PairedTiming bodies_read(std::size_t records) {
  PairedTiming row = end_to_end<false>(Source::sqs, records);
  row.name = "sqs/bodies read";
  row.headline = records == 1'000 ? "messages, each body read" : "";
  row.ours = [](std::string_view event) -> Work { return [=] { keep(run_and_read_bodies(event)); }; };
  row.walk = walk_that_reads_bodies;
  row.limit = 1.15;
  return row;
}

}  // namespace

void add_end_to_end(std::vector<PairedTiming>& rows) {
  for (const std::size_t records : {10U, 100U, 1'000U, 10'000U}) rows.push_back(bodies_read(records));
  for (const Source source : listed_sources) {
    for (const std::size_t records : {10U, 100U, 1'000U, 10'000U})
      rows.push_back(end_to_end<false>(source, records));
    for (const std::size_t records : {100U, 1'000U, 10'000U})
      rows.push_back(end_to_end<true>(source, records));
  }
}

}  // namespace batchproof::bench
