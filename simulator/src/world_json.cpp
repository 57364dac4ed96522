#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>

namespace batchproof::simulator {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

// The members of a world in their order. `to_json` and `world_from_json` share these lists; `Part` is const
// in the first.

template <class Part, class Visit>
void visit_faults(Part& faults, Visit&& visit) {
  visit("poison", faults.poison);
  visit("flaky_rate", faults.flaky_rate);
  visit("flaky_failures", faults.flaky_failures);
  visit("crash_rate", faults.crash_rate);
  visit("timeout_rate", faults.timeout_rate);
  visit("lost_response_rate", faults.lost_response_rate);
  visit("duplicate_rate", faults.duplicate_rate);
  visit("malformed_response_rate", faults.malformed_response_rate);
  visit("resend_rate", faults.resend_rate);
  visit("heal_after_ms", faults.heal_after);
}

template <class Part, class Visit>
void visit_queue(Part& queue, Visit&& visit) {
  visit("visibility_timeout_ms", queue.visibility_timeout);
  visit("max_receive_count", queue.max_receive_count);
  visit("retention_ms", queue.retention);
  visit("concurrency", queue.concurrency);
}

template <class Part, class Visit>
void visit_stream(Part& stream, bool has_windows, Visit&& visit) {
  visit("shards", stream.shards);
  visit("parallelization_factor", stream.parallelization_factor);
  visit("bisect_on_error", stream.bisect_on_error);
  visit("maximum_retry_attempts", stream.maximum_retry_attempts);
  visit("maximum_record_age_ms", stream.maximum_record_age);
  visit("retention_ms", stream.retention);
  if (has_windows) visit("tumbling_window_ms", stream.tumbling_window);
}

template <class Part, class Visit>
void visit_world(Part& world, Visit&& visit) {
  visit("seed", world.seed);
  visit("messages", world.messages);
  visit("groups", world.groups);
  visit("sent_every_ms", world.sent_every);
  visit("batch_size", world.batch_size);
  visit("batch_window_ms", world.batch_window);
  visit("payload_limit", world.payload_limit);
  visit("function_timeout_ms", world.function_timeout);
  visit("handler_time_ms", world.handler_time);
  visit("report_batch_item_failures", world.report_batch_item_failures);
}

/// `visitor_of` returns the visitor of the part with this name.
template <class AnyWorld, class VisitorOf>
void visit_parts(AnyWorld& world, VisitorOf&& visitor_of) {
  if (fixtures::has_shards(world.source)) {
    visit_stream(world.stream, fixtures::has_windows(world.source), visitor_of("stream"));
  } else {
    visit_queue(world.queue, visitor_of("queue"));
  }
  visit_faults(world.faults, visitor_of("faults"));
}

template <class Value>
Json json_of(const Value& value) {
  return value;
}

Json json_of(const milliseconds& value) { return value.count(); }

template <class Value>
Json json_of(const std::optional<Value>& value) {
  return value ? json_of(*value) : Json(nullptr);
}

auto writer_into(Json& json) {
  return [&json](const char* name, const auto& value) { json[name] = json_of(value); };
}

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
  throw std::invalid_argument("\"" + name + "\" of the world " + reason);
}

template <class Value>
bool fits(std::int64_t number) {
  return number >= std::numeric_limits<Value>::min() && number <= std::numeric_limits<Value>::max();
}

template <class Value>
void read_value(const Json& json, const std::string& name, Value& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    if (!json.is_boolean()) refuse(name, "is not true or false");
  } else if constexpr (std::is_unsigned_v<Value>) {
    constexpr std::uint64_t largest_count = 10'000'000;  // more of anything fills the memory
    if (!json.is_number_unsigned()) refuse(name, "is not a number from 0");
    if (name != "seed" && json.get<std::uint64_t>() > largest_count) refuse(name, "is above 10,000,000");
  } else if constexpr (std::is_integral_v<Value>) {
    constexpr std::int64_t longest_ms = 366LL * 24 * 60 * 60 * 1000;  // AWS keeps nothing for longer
    if (!json.is_number_integer()) refuse(name, "is not an integer");
    const bool is_above = json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t{longest_ms};
    const auto number = is_above ? 0 : json.get<std::int64_t>();
    if (is_above || number < -longest_ms || !fits<Value>(number)) refuse(name, "is out of range");
  } else {
    if (!json.is_number()) refuse(name, "is not a number");
  }
  value = json.get<Value>();
}

void read_value(const Json& json, const std::string& name, milliseconds& value) {
  milliseconds::rep count = 0;
  read_value(json, name, count);
  value = milliseconds(count);
}

template <class Value>
void read_value(const Json& json, const std::string& name, std::optional<Value>& value) {
  if (json.is_null())
    value.reset();
  else
    read_value(json, name, value.emplace());
}

const Json& member(const Json& json, const std::string& name) {
  const auto found = json.find(name);
  if (found == json.end()) refuse(name, "is missing");
  return *found;
}

auto reader_from(const Json& json) {
  return [&json](const char* name, auto& value) { read_value(member(json, name), name, value); };
}

fixtures::Source source_in(const Json& json) {
  const auto source = json.is_string() ? fixtures::source_named(json.get<std::string>()) : std::nullopt;
  if (!source) refuse("source", ("is none of " + fixtures::list_of_sources()));
  return *source;
}

}  // namespace

std::string to_json(const World& given) {
  const World world = with_defaults(given);
  Json json{{"source", fixtures::name(world.source)}};
  visit_world(world, writer_into(json));
  visit_parts(world, [&](const char* name) { return writer_into(json[name]); });
  if (world.names != 0) json["names"] = world.names;
  return fixtures::to_text(json);
}

World world_from_json(std::string_view text) {
  const Json json = fixtures::parse_ordered_json_or_discard(text);
  if (!json.is_object()) throw std::invalid_argument("the world is not a JSON object");
  World world{.source = source_in(member(json, "source"))};
  visit_world(world, reader_from(json));
  visit_parts(world, [&](const char* name) { return reader_from(member(json, name)); });
  if (json.contains("names")) read_value(json["names"], "names", world.names);
  return world;
}

}  // namespace batchproof::simulator
