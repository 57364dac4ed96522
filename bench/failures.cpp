#include <batchproof/batch.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "outcome.hpp"

namespace batchproof::bench {
namespace {

/// Spreads the failures evenly, as `fails` spreads one in twenty.
bool rejects(std::size_t index, std::size_t percent) {
  return percent == 5 ? fails(index) : percent == 50 ? index % 2 == 1 : percent == 100;
}

template <class Processor, class Handler>
std::function<Work(std::string_view)> processing(Processor processor, Handler handler) {
  return [=](std::string_view event) -> Work {
    return [=] { keep(process_partial_response(event, handler, processor)); };
  };
}

PairedTiming messages_of(const std::string& rate, const char* how, std::size_t records) {
  return {.name = "sqs/" + rate + how, .source = Source::sqs, .records = records, .event = [=] {
            return payload(Source::sqs, records);
          }};
}

void add_rate(std::vector<PairedTiming>& rows, std::size_t percent, std::size_t records) {
  const BatchProcessor<SqsRecord> processor({.raise_on_entire_batch_failure = false});
  const std::string rate = std::to_string(percent) + "%";
  PairedTiming returned = messages_of(rate, " return an error", records);
  returned.ours = processing(
      processor, [=](const SqsRecord& record) { return Outcome(rejects(record.index(), percent)); });
  rows.push_back(returned);
  if (percent <= 5) return;  // end_to_end has rows of such throws
  PairedTiming thrown = messages_of(rate, " throw", records);
  thrown.ours = processing(processor, [=](const SqsRecord& record) {
    if (rejects(record.index(), percent)) throw std::runtime_error("bad order");
  });
  thrown.throws = records * percent / 100;
  rows.push_back(thrown);
}

void add_groups(std::vector<PairedTiming>& rows, std::size_t groups, std::size_t records) {
  const SqsFifoPartialProcessor processor(
      {.skip_group_on_error = true, .raise_on_entire_batch_failure = false});
  rows.push_back(
      {.name = "fifo/all fail, " + fixtures::counted(groups, "group"),
       .source = Source::sqs_fifo,
       .records = records,
       .event = [=] { return payload(Source::sqs_fifo, records, {.groups = groups}); },
       .ours = processing(processor, [](const SqsRecord&) { throw std::runtime_error("bad order"); }),
       .throws = groups});
}

}  // namespace

void add_failures(std::vector<PairedTiming>& rows) {
  for (const std::size_t percent : {0U, 5U, 50U, 100U}) add_rate(rows, percent, 1'000);
  for (const std::size_t groups : {1U, 10U, 10'000U}) add_groups(rows, groups, 10'000);
}

}  // namespace batchproof::bench
