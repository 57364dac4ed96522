#include <batchproof/batch.hpp>
#include <batchproof/json.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "order.hpp"

namespace batchproof::bench {
namespace {

const BatchProcessor<SqsRecord> processor;

template <class AnOrder>
void take_order(const AnOrder& order) {
  keep(order.quantity);
}

template <class AnOrder>
Work handle_typed(std::string_view event) {
  return [=] { keep(process_partial_response(event, typed<AnOrder>(take_order<AnOrder>), processor)); };
}

/// The same processor; the handler does with nlohmann what users would.
Work parse_and_get(std::string_view event) {
  return [=] {
    const auto handler = [](const SqsRecord& record) {
      take_order(nlohmann::json::parse(record.body()).get<Order>());
    };
    keep(process_partial_response(event, handler, processor));
  };
}

}  // namespace

void add_typed_payloads(std::vector<PairedTiming>& rows) {
  for (const std::size_t records : {10U, 1'000U}) {
    const auto event = [=] { return payload(Source::sqs, records); };
    PairedTiming described{.name = "sqs/typed, described",
                           .headline = records == 1'000 ? "messages, typed orders" : "",
                           .source = Source::sqs,
                           .records = records,
                           .event = event,
                           .ours = handle_typed<DescribedOrder>,
                           .nlohmann_loop = parse_and_get};
    if (records == 1'000) {
      described.limit = 4;
      described.least_nlohmann_ratio = 3;
    }
    rows.push_back(std::move(described));
    rows.push_back({.name = "sqs/typed, nlohmann",
                    .source = Source::sqs,
                    .records = records,
                    .event = event,
                    .ours = handle_typed<Order>,
                    .nlohmann_loop = parse_and_get});
  }
}

}  // namespace batchproof::bench
