#include "whole_way.hpp"

#include <cstddef>
#include <string>

#include "keep.hpp"
#include "ratio_case.hpp"
#include "run_batchproof.hpp"
#include "yardsticks.hpp"

namespace batchproof::bench {
namespace {

/// What a row must not exceed: a multiple of the bare walk.
void set_limits(RatioCase& row) {
  const bool is_small = row.records < 1'000;
  if (row.throws == 0) {
    row.limit = is_small ? 1.3 : 1.15;
    return;
  }
  row.limit = 1.5;
  if (!is_small) row.limit_without_throws = 1.15;
}

template <bool with_failures>
RatioCase whole_way(Source source, std::size_t records) {
  RatioCase row{.name = std::string(name(source)) + (with_failures ? "/5% throw" : "/none failing"),
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
  if (records == 1'000) row.powertools_failing_percent = with_failures ? 5 : 0;
  return row;
}

}  // namespace

void register_whole_way(const Effort& effort) {
  for (const Source source : all_sources) {
    for (const std::size_t records : {10U, 100U, 1'000U, 10'000U})
      register_ratio(whole_way<false>(source, records), effort);
    for (const std::size_t records : {100U, 1'000U, 10'000U})
      register_ratio(whole_way<true>(source, records), effort);
  }
}

}  // namespace batchproof::bench
