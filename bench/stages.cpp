#include <batchproof/batch.hpp>
#include <cstddef>
#include <memory>
#include <string>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "run_batchproof.hpp"

namespace batchproof::bench {
namespace {

/// A decoded event and its processed batch. The batch holds views of the event, so the event does not move.
template <class Processor>
struct Processed {
  using Record = typename Processor::record_type;

  Event<Record> event;
  Processor processor;
  decltype(processor.process(event, order_handler<true>)) batch;

  Processed(std::string_view text, const Processor& by)
      : event(decode<Record>(text)), processor(by), batch(processor.process(event, order_handler<true>)) {}
};

template <class Processor>
void add_source(std::vector<PairedTiming>& rows, Source source, std::size_t records,
                const Processor& processor) {
  using Record = typename Processor::record_type;
  using Parts = Processed<Processor>;
  PairedTiming row{.source = source, .records = records, .event = [=] { return payload(source, records); }};
  const auto add = [&](const char* stage, auto ours) {
    row.name = std::string(title(source)) + "/" + stage;
    row.ours = ours;
    rows.push_back(row);
  };
  add("decode", [](std::string_view event) -> Work { return [=] { keep(decode<Record>(event)); }; });
  add("process", [=](std::string_view event) -> Work {
    const auto parts = std::make_shared<const Parts>(event, processor);
    return [=] { keep(parts->processor.process(parts->event, order_handler<true>)); };
  });
  add("encode", [=](std::string_view event) -> Work {
    const auto parts = std::make_shared<const Parts>(event, processor);
    return [=] { keep(parts->batch.to_json()); };
  });
}

}  // namespace

void add_stages(std::vector<PairedTiming>& rows) {
  for (const std::size_t records : {10U, 1'000U, 10'000U}) {
    for (const Source source : listed_sources)
      with_processor(source, [&](const auto& processor) { add_source(rows, source, records, processor); });
  }
}

}  // namespace batchproof::bench
