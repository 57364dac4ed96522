#include "payload_sizes.hpp"

#include <batchproof/batch.hpp>
#include <cstddef>
#include <string>

#include "keep.hpp"
#include "ratio_case.hpp"
#include "run_batchproof.hpp"

namespace batchproof::bench {
namespace {

constexpr std::size_t around_note = 80;  // what a body has besides its note

void register_bodies(const char* size, std::size_t bytes, std::size_t records, const Effort& effort) {
  RatioCase row{.source = Source::sqs, .records = records, .event = [=] {
                  return payload(Source::sqs, records, {.note_bytes = bytes - around_note});
                }};
  row.name = std::string("sqs/bodies of ") + size;
  row.ours = [](std::string_view event) -> Work {
    return [=] { keep(run_batchproof<false>(Source::sqs, event)); };
  };
  register_ratio(row, effort);
  row.name += ", read";
  row.ours = [](std::string_view event) -> Work {
    return [=] {
      static const BatchProcessor<SqsRecord> processor;
      keep(process_partial_response(
          event, [](const SqsRecord& record) { keep(record.body()); }, processor));
    };
  };
  register_ratio(row, effort);
}

}  // namespace

void register_payload_sizes(const Effort& effort) {
  register_bodies("100 B", 100, 10'000, effort);
  register_bodies("1 KB", 1'000, 10'000, effort);
  register_bodies("256 KB", 256'000, 10, effort);
  if (!effort.quick) register_bodies("256 KB", 256'000, 256, effort);
}

}  // namespace batchproof::bench
