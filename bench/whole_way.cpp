#include "whole_way.hpp"

#include <batchproof/batch.hpp>
#include <cstddef>
#include <string>
#include <string_view>

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

std::string headline_of(Source source, bool with_failures) {
  if (source == Source::sqs && with_failures) return "messages, 5% throw";
  if (source == Source::kinesis && !with_failures) return "Kinesis records";
  if (source == Source::dynamodb && !with_failures) return "DynamoDB changes";
  return "";
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
  if (records == 1'000) {
    row.powertools_failing_percent = with_failures ? 5 : 0;
    row.headline = headline_of(source, with_failures);
  }
  return row;
}

/// What most functions do: look at each body, which the walk then unescapes too.
RatioCase bodies_read(std::size_t records) {
  RatioCase row = whole_way<false>(Source::sqs, records);
  row.name = "sqs/bodies read";
  row.headline = records == 1'000 ? "messages, each body read" : "";
  row.ours = [](std::string_view event) -> Work {
    return [=] {
      static const BatchProcessor<SqsRecord> processor;
      keep(process_partial_response(
          event, [](const SqsRecord& record) { keep(record.body()); }, processor));
    };
  };
  row.walk = walk_that_reads_bodies;
  row.limit = 1.15;
  return row;
}

}  // namespace

void add_whole_way(std::vector<RatioCase>& rows) {
  for (const std::size_t records : {10U, 100U, 1'000U, 10'000U}) rows.push_back(bodies_read(records));
  for (const Source source : all_sources) {
    for (const std::size_t records : {10U, 100U, 1'000U, 10'000U})
      rows.push_back(whole_way<false>(source, records));
    for (const std::size_t records : {100U, 1'000U, 10'000U})
      rows.push_back(whole_way<true>(source, records));
  }
}

}  // namespace batchproof::bench
