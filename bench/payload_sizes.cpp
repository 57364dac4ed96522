#include <cstddef>
#include <string>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "run_batchproof.hpp"

namespace batchproof::bench {
namespace {

constexpr std::size_t around_note = 80;  // what a body has besides its note

void add_bodies(std::vector<PairedTiming>& rows, const char* size, std::size_t bytes, std::size_t records) {
  PairedTiming row{.source = Source::sqs, .records = records, .event = [=] {
                     return payload(Source::sqs, records, {.note_bytes = bytes - around_note});
                   }};
  row.name = std::string("sqs/bodies of ") + size;
  row.ours = [](std::string_view event) -> Work {
    return [=] { keep(run_batchproof<false>(Source::sqs, event)); };
  };
  rows.push_back(row);
  row.name += ", read";
  row.ours = [](std::string_view event) -> Work { return [=] { keep(run_and_read_bodies(event)); }; };
  rows.push_back(row);
}

}  // namespace

void add_payload_sizes(std::vector<PairedTiming>& rows, const Effort& effort) {
  add_bodies(rows, "100 B", 100, 10'000);
  add_bodies(rows, "1 KB", 1'000, 10'000);
  add_bodies(rows, "256 KB", 256'000, 10);
  if (!effort.quick) add_bodies(rows, "256 KB", 256'000, 256);
}

}  // namespace batchproof::bench
