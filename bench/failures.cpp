#include "failures.hpp"

#include <batchproof/batch.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "keep.hpp"
#include "outcome.hpp"
#include "ratio_case.hpp"

namespace batchproof::bench {
namespace {

/// Spread evenly, as `fails` spreads one in twenty.
bool rejects(std::size_t index, std::size_t percent) {
  return percent == 5 ? fails(index) : percent == 50 ? index % 2 == 1 : percent == 100;
}

template <class Processor, class Handler>
std::function<Work(std::string_view)> processing(Processor processor, Handler handler) {
  return [=](std::string_view event) -> Work {
    return [=] { keep(process_partial_response(event, handler, processor)); };
  };
}

void register_rate(std::size_t percent, std::size_t records, const Effort& effort) {
  const BatchProcessor<SqsRecord> processor({.raise_on_entire_batch_failure = false});
  const auto event = [=] { return payload(Source::sqs, records); };
  const std::string rate = "sqs/" + std::to_string(percent);
  register_ratio({.name = rate + "% throw",
                  .source = Source::sqs,
                  .records = records,
                  .event = event,
                  .ours = processing(processor,
                                     [=](const SqsRecord& record) {
                                       if (rejects(record.index(), percent))
                                         throw std::runtime_error("bad order");
                                     }),
                  .throws = records * percent / 100},
                 effort);
  register_ratio(
      {.name = rate + "% return an error",
       .source = Source::sqs,
       .records = records,
       .event = event,
       .ours = processing(
           processor, [=](const SqsRecord& record) { return Outcome(rejects(record.index(), percent)); })},
      effort);
}

void register_groups(std::size_t groups, std::size_t records, const Effort& effort) {
  const SqsFifoPartialProcessor processor(
      {.skip_group_on_error = true, .raise_on_entire_batch_failure = false});
  register_ratio(
      {.name = "fifo/all fail, " + std::to_string(groups) + (groups == 1 ? " group" : " groups"),
       .source = Source::fifo,
       .records = records,
       .event = [=] { return payload(Source::fifo, records, {.groups = groups}); },
       .ours = processing(processor, [](const SqsRecord&) { throw std::runtime_error("bad order"); }),
       .throws = groups},
      effort);
}

}  // namespace

void register_failures(const Effort& effort) {
  for (const std::size_t percent : {0, 5, 50, 100}) register_rate(percent, 1'000, effort);
  for (const std::size_t groups : {1, 10, 10'000}) register_groups(groups, 10'000, effort);
}

}  // namespace batchproof::bench
