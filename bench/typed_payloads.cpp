#include "typed_payloads.hpp"

#include <batchproof/batch.hpp>
#include <batchproof/json.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "keep.hpp"
#include "order.hpp"
#include "paired_timing.hpp"

namespace batchproof::bench {
namespace {

void take_order(const Order& order) { keep(order.quantity); }

void plain_loop_of_sqs_orders(std::string_view event) {
  const auto parsed = nlohmann::json::parse(event);
  for (const auto& record : parsed.at("Records"))
    take_order(nlohmann::json::parse(record.at("body").get_ref<const std::string&>()).get<Order>());
}

}  // namespace

void add_typed_payloads(std::vector<PairedTiming>& rows) {
  for (const std::size_t records : {10U, 1'000U}) {
    rows.push_back({.name = "sqs/typed orders",
                    .headline = records == 1'000 ? "messages, typed orders" : "",
                    .source = Source::sqs,
                    .records = records,
                    .event = [=] { return payload(Source::sqs, records); },
                    .ours = [](std::string_view event) -> Work {
                      return [=] {
                        static const BatchProcessor<SqsRecord> processor;
                        keep(process_partial_response(event, typed<Order>(take_order), processor));
                      };
                    },
                    .nlohmann_loop = [](std::string_view event) -> Work {
                      return [=] { plain_loop_of_sqs_orders(event); };
                    }});
  }
}

}  // namespace batchproof::bench
