#include <simdjson.h>

#include <cstddef>
#include <string_view>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "run_batchproof.hpp"

namespace batchproof::bench {
namespace {

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
PairedTiming row_of(std::size_t records) {
  PairedTiming row{.name = with_failures ? "kafka/5% throw" : "kafka/none failing",
                   .records = records,
                   .event = [=] { return payload(Source::kafka, records); },
                   .ours = [](std::string_view event) -> Work {
                     return [=] { keep(run_batchproof<with_failures>(Source::kafka, event)); };
                   },
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
