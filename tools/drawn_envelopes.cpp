#include "drawn_envelopes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <batchproof/fixtures/inner_payloads.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <cstdint>

#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

using fixtures::InnerPayloads;
using fixtures::Source;

std::string order_id_of(std::uint64_t seed) { return fmt::format("o-{}", 1000 + seed % 9000); }
std::uint64_t quantity_of(std::uint64_t seed) { return 1 + seed / 9000 % 9; }

std::string order_body(std::uint64_t seed) {
  return fmt::format(R"({{"order_id":"{}","quantity":{}}})", order_id_of(seed), quantity_of(seed));
}
std::string order_item(std::uint64_t seed) {
  return fmt::format(R"({{"order_id":{{"S":"{}"}},"quantity":{{"N":"{}"}}}})", order_id_of(seed),
                     quantity_of(seed));
}
std::string order_key(std::uint64_t seed) { return fmt::format("orders/é & {}.json", order_id_of(seed)); }
std::string order_line(std::uint64_t seed) { return fmt::format("order {} is packed", order_id_of(seed)); }

/// With the options that are not given.
template <auto put_into>
InnerPayloads by_default(const InnerPayloads& inner) {
  return put_into(inner, {});
}

struct Envelope {
  std::string_view name;
  std::string_view event_source;  ///< whose records hold it as their data; empty: a text of any source
  InnerPayloads (*put_into)(const InnerPayloads& inner);
  std::string (*draw)(std::uint64_t seed);
};

constexpr std::array envelopes{
    Envelope{"sns_message", "", by_default<fixtures::in_sns_messages>, order_body},
    Envelope{"eventbridge_event", "", by_default<fixtures::in_eventbridge_events>, order_body},
    Envelope{"s3_notification", "", by_default<fixtures::in_s3_notifications>, order_key},
    Envelope{"user_records", "aws:kinesis", fixtures::in_user_records, order_body},
    Envelope{"dynamodb_change", "aws:kinesis", by_default<fixtures::in_dynamodb_changes>, order_item},
    Envelope{"cloudwatch_logs", "aws:kinesis", fixtures::in_cloudwatch_logs, order_line},
};

const Envelope& envelope_named(std::string_view name) {
  const auto* const found = std::find_if(envelopes.begin(), envelopes.end(),
                                         [=](const Envelope& envelope) { return envelope.name == name; });
  if (found == envelopes.end()) throw UsageError(fmt::format("there is no envelope \"{}\"", name));
  return *found;
}

bool can_hold(Source source, const Envelope& envelope) {
  const fixtures::SourceInfo& info = fixtures::info_of(source);
  if (envelope.event_source.empty()) return info.payload_kind != fixtures::PayloadKind::item;
  return info.event_source == envelope.event_source;
}

}  // namespace

std::vector<std::string> envelope_names() {
  std::vector<std::string> names;
  names.reserve(std::size(envelopes));
  for (const Envelope& envelope : envelopes) names.emplace_back(envelope.name);
  return names;
}

Source usual_source_of(std::string_view envelope) {
  const Envelope& named = envelope_named(envelope);
  return *std::find_if(fixtures::all_sources.begin(), fixtures::all_sources.end(),
                       [&](Source source) { return can_hold(source, named); });
}

rc::Gen<fixtures::BatchCase> drawn_envelopes(std::string_view name, Source source,
                                             const generators::BatchOptions& options) {
  const Envelope& envelope = envelope_named(name);
  if (!can_hold(source, envelope)) {
    throw UsageError(fmt::format("--envelope {} stands in {}, and not in a record of {}", name,
                                 envelope.event_source.empty() ? "a text" : "the data of a Kinesis record",
                                 fixtures::name(source)));
  }
  const InnerPayloads whole =
      envelope.put_into({.accepted = {fixtures::Payload(envelope.draw)}, .hostile = options.hostile});
  return generators::payload_case(source, whole.accepted, whole.rejected, options);
}

}  // namespace batchproof::tools
