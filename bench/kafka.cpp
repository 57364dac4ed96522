#include "kafka.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <batchproof/batch.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "keep.hpp"

namespace batchproof::bench {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t records_of_a_partition = 100;

Json record(std::size_t index) {
  return {{"topic", "orders"},
          {"partition", index / records_of_a_partition},
          {"offset", 1'000'000 + index},
          {"timestamp", 1545084650987},
          {"timestampType", "CREATE_TIME"},
          {"key", "Y3VzdG9tZXItMQ=="},
          {"value", std::string(320, 'Q')},
          {"headers", Json::array({{{"trace", {104, 101, 108, 108, 111}}}})}};
}

std::string kafka_payload(std::size_t records) {
  Json lists = Json::object();
  for (std::size_t index = 0; index < records; ++index)
    lists[fmt::format("orders-{}", index / records_of_a_partition)].push_back(record(index));
  return Json{{"eventSource", "aws:kafka"},
              {"eventSourceArn", "arn:aws:kafka:us-east-1:123456789012:cluster/sales/abcd-4"},
              {"bootstrapServers", "b-1.sales.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092"},
              {"records", std::move(lists)}}
      .dump();
}

/// The same work as `bare_walk`.
std::size_t kafka_walk(std::string_view payload) {
  static simdjson::ondemand::parser parser;
  const simdjson::padded_string text(payload);
  auto document = parser.iterate(text);
  std::size_t bytes = 0;
  for (auto list : document["records"].get_object()) {
    bytes += std::string_view(list.unescaped_key()).size();
    for (auto element : list.value().get_array()) {
      auto object = element.get_object().value();
      bytes += static_cast<std::size_t>(object["offset"].get_int64().value());
      bytes += object["value"].value().raw_json_token().size();
    }
  }
  return bytes;
}

template <bool with_failures>
std::string process(std::string_view event) {
  static const BatchProcessor<KafkaRecord> processor;
  const auto handle = [](const KafkaRecord& handled) {
    if (with_failures && fails(handled.index())) throw std::runtime_error("bad order");
    keep(handled.item_identifier());
  };
  return process_partial_response(event, handle, processor);
}

template <bool with_failures>
PairedTiming row_of(std::size_t records) {
  PairedTiming row{
      .name = with_failures ? "kafka/5% throw" : "kafka/none failing",
      .records = records,
      .event = [=] { return kafka_payload(records); },
      .ours = [](std::string_view event) -> Work { return [=] { keep(process<with_failures>(event)); }; },
      .walk = kafka_walk,
      .throws = with_failures ? records / 20 : 0};
  constexpr double limit = 1.15;
  if (with_failures) {
    if (records >= 1'000) row.limit_without_throws = limit;
  } else {
    row.limit = records >= 1'000 ? limit : 1.3;
  }
  return row;
}

}  // namespace

void add_kafka(std::vector<PairedTiming>& rows) {
  for (const std::size_t records : {10U, 100U, 1'000U, 10'000U}) rows.push_back(row_of<false>(records));
  for (const std::size_t records : {1'000U, 10'000U}) rows.push_back(row_of<true>(records));
}

}  // namespace batchproof::bench
