#include "scenario.hpp"

#include <rapidcheck/Random.h>
#include <array>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace batchproof::conformance {
namespace {

using Json = nlohmann::ordered_json;
using fixtures::BatchCase;
using fixtures::Source;

constexpr std::size_t valid_scenarios = 500;
constexpr std::size_t odd_scenarios = 20;  // of each kind
constexpr std::size_t damaged_scenarios = 200;
constexpr int usual_size = 100;  // RapidCheck's; small sizes would make small batches

struct Event {
  std::string payload{};
  std::vector<std::size_t> rejected{};
};

/// A stream of random choices.
class Choices {
 public:
  explicit Choices(const rc::Random& random) : random_(random) {}

  /// Uniform from 0 up to, but not including, `bound`.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next().next() % bound); }

  template <class Values>
  const auto& element(const Values& values) {
    return values[below(values.size())];
  }

  BatchCase batch(Source source, std::size_t smallest_batch = 1) {
    return generators::batch_case(source, {.smallest_batch = smallest_batch, .hostile = true})(next(),
                                                                                               usual_size)
        .value();
  }

  generators::DamagedPayload damaged_payload(Source source) {
    return generators::damaged_payload(source)(next(), usual_size).value();
  }

 private:
  rc::Random next() { return random_.split(); }  // a state may be split or drawn from, not both

  rc::Random random_;
};

Event event_of(const BatchCase& batch) {
  Event event{.payload = batch.payload()};
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    if (batch.records[index].rejected) event.rejected.push_back(index);
  }
  return event;
}

template <class Edit>
void edit_record(BatchCase& batch, std::size_t index, const Edit& edit) {
  Json record = Json::parse(batch.records[index].json);
  edit(record);
  batch.records[index].json = record.dump();
}

/// A batch with one record changed.
template <class Edit>
Event with_edited_record(Choices& choices, BatchCase batch, const Edit& edit) {
  edit_record(batch, choices.below(batch.records.size()), edit);
  return event_of(batch);
}

void set_identifier(Json& record, Source source, const Json& value) {
  record[Json::json_pointer(identifier_pointer(source))] = value;
}

void erase_identifier(Json& record, Source source) {
  const Json::json_pointer pointer(identifier_pointer(source));
  record[pointer.parent_pointer()].erase(pointer.back());
}

Event with_twins(Choices& choices, Source source) {
  BatchCase batch = choices.batch(source, 2);
  const std::size_t twin = 1 + choices.below(batch.records.size() - 1);
  const std::string identifier = batch.records[choices.below(twin)].item_identifier;
  edit_record(batch, twin, [&](Json& record) { set_identifier(record, source, identifier); });
  return event_of(batch);
}

Event without_identifier(Choices& choices, Source source) {
  return with_edited_record(choices, choices.batch(source),
                            [source](Json& record) { erase_identifier(record, source); });
}

Event with_unusable_identifier(Choices& choices, Source source) {
  const std::array<Json, 4> values{"", Json(), 7, Json::array()};
  const Json value = choices.element(values);
  return with_edited_record(choices, choices.batch(source),
                            [&](Json& record) { set_identifier(record, source, value); });
}

Event with_half_a_character_in_an_identifier(Choices& choices, Source source) {
  const std::string stand_in = "stand-in";  // nlohmann/json does not write half a character
  Event event = with_edited_record(choices, choices.batch(source),
                                   [&](Json& record) { set_identifier(record, source, stand_in); });
  event.payload.replace(event.payload.find(stand_in), stand_in.size(), "\\ud83d");
  return event;
}

Event without_attributes(Choices& choices, Source source) {
  const std::array<Json, 3> values{Json(), Json::array(), Json::object()};
  const Json value = choices.element(values);
  return with_edited_record(choices, choices.batch(source),
                            [&](Json& record) { record["attributes"] = value; });
}

Event without_usable_group(Choices& choices, Source source) {
  const std::array<Json, 3> values{Json(), "", 7};
  const bool erased = choices.below(2) == 0;
  const Json value = choices.element(values);
  return with_edited_record(choices, choices.batch(source, 2), [&](Json& record) {
    Json& attributes = record["attributes"];
    if (!attributes.is_object()) return;
    if (erased) {
      attributes.erase("MessageGroupId");
    } else {
      attributes["MessageGroupId"] = value;
    }
  });
}

Event without_arn(Choices& choices, Source source) {
  return with_edited_record(choices, choices.batch(source),
                            [](Json& record) { record.erase("eventSourceARN"); });
}

Event without_records(Choices& choices, Source) {
  constexpr std::array payloads{R"({"Records":[]})", R"( { "Records" : [ ] } )",
                                R"({"newField":{"Records":[1]},"Records":[]})"};
  return {.payload = choices.element(payloads)};
}

Source another_source(Choices& choices, Source source) {
  constexpr std::array sources{Source::sqs, Source::kinesis, Source::dynamodb};
  Source other = choices.element(sources);
  while (event_source(other) == event_source(source)) other = choices.element(sources);
  return other;
}

Event of_another_source(Choices& choices, Source source) {
  return event_of(choices.batch(another_source(choices, source)));
}

Event with_one_record_of_another_source(Choices& choices, Source source) {
  BatchCase batch = choices.batch(source, 2);
  const BatchCase other = choices.batch(another_source(choices, source));
  batch.records[choices.below(batch.records.size())].json = other.records.front().json;
  return event_of(batch);
}

/// A FIFO queue's event in the standard processor, and the other way round.
Event of_the_other_queue(Choices& choices, Source source) {
  return event_of(choices.batch(source == Source::sqs ? Source::sqs_fifo : Source::sqs));
}

/// Numbers that go down, do not differ, begin with zeros, or are no numbers.
Event with_odd_sequence_numbers(Choices& choices, Source source) {
  BatchCase batch = choices.batch(source, 2);
  const std::size_t kind = choices.below(4);
  const std::size_t count = batch.records.size();
  for (std::size_t index = 0; index < count; ++index) {
    const std::string number = batch.records[kind == 0 ? count - 1 - index : index].item_identifier;
    constexpr std::array prefixes{"", "", "00", "shard-"};
    const std::string changed = kind == 1 ? std::string("49590338271490256608") : prefixes[kind] + number;
    edit_record(batch, index, [&](Json& record) { set_identifier(record, source, changed); });
  }
  return event_of(batch);
}

Event with_odd_number_in_queue(Choices& choices, Source source) {
  const std::array<Json, 4> values{Json(), "", "x", 1884949646046769612U};
  const Json value = choices.element(values);
  return with_edited_record(choices, choices.batch(source), [&](Json& record) {
    if (record["attributes"].is_object()) record["attributes"]["SequenceNumber"] = value;
  });
}

Event of_tumbling_window(Choices& choices, Source source) {
  Event event = event_of(choices.batch(source));
  event.payload.pop_back();
  event.payload += R"(,"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":{}})";
  return event;
}

Event with_unknown_fields(Choices& choices, Source source) {
  Event event = with_edited_record(choices, choices.batch(source), [](Json& record) {
    record["newField"] = {{"messageId", "inner"}, {"Records", {1, nullptr}}};
  });
  event.payload.insert(1, R"("newField":[{"Records":null}],)");
  return event;
}

/// A record of a stream whose part that bears the number is null, empty, or no object.
Event without_own_part(Choices& choices, Source source) {
  const std::array<Json, 3> values{Json(), Json::object(), Json::array()};
  const Json value = choices.element(values);
  return with_edited_record(choices, choices.batch(source), [&](Json& record) {
    record[source == Source::kinesis ? "kinesis" : "dynamodb"] = value;
  });
}

Event with_broken_value(Choices& choices, Source source) {
  const std::string stand_in = "\"stand-in\"";  // nlohmann/json cannot write text that is not JSON
  constexpr std::array values{R"("\x41")", R"("\u12")", "nul", "truth", "01", "-", "1e"};
  Event event = with_edited_record(choices, choices.batch(source),
                                   [](Json& record) { record["awsRegion"] = "stand-in"; });
  event.payload.replace(event.payload.find(stand_in), stand_in.size(), choices.element(values));
  return event;
}

/// The kit does not report which records its damage left intact, so the failures are drawn again.
Event damaged(Choices& choices, Source source, std::string& damage) {
  generators::DamagedPayload drawn = choices.damaged_payload(source);
  damage = std::move(drawn.damage);
  Event event{.payload = std::move(drawn.payload)};
  constexpr std::size_t most_records = 8;  // a batch that comes twice among them
  const bool all = choices.below(4) == 0;
  for (std::size_t index = 0; index < most_records; ++index) {
    if (all || choices.below(2) == 0) event.rejected.push_back(index);
  }
  return event;
}

bool any_source(Source) { return true; }
bool streams(Source source) { return !is_queue(source); }

struct Oddity {
  const char* name;
  bool (*occurs)(Source source);
  Event (*draw)(Choices& choices, Source source);
};

constexpr std::array oddities{
    Oddity{"two records with one identifier", any_source, with_twins},
    Oddity{"a record without an identifier", any_source, without_identifier},
    Oddity{"an identifier that is empty or no text", any_source, with_unusable_identifier},
    Oddity{"half a character in an identifier", any_source, with_half_a_character_in_an_identifier},
    Oddity{"attributes that are null or empty", is_queue, without_attributes},
    Oddity{"a record without a usable message group", is_queue, without_usable_group},
    Oddity{"a record without an ARN", any_source, without_arn},
    Oddity{"no records", any_source, without_records},
    Oddity{"an event of another source", any_source, of_another_source},
    Oddity{"a record of another source", any_source, with_one_record_of_another_source},
    Oddity{"an event of the other kind of queue", is_queue, of_the_other_queue},
    Oddity{"odd sequence numbers", streams, with_odd_sequence_numbers},
    Oddity{"an odd sequence number", is_queue, with_odd_number_in_queue},
    Oddity{"a tumbling window", any_source, of_tumbling_window},
    Oddity{"unknown fields", any_source, with_unknown_fields},
    Oddity{"a record without its stream's part", streams, without_own_part},
    Oddity{"a broken value in a field that no processor reads", any_source, with_broken_value}};

void add_scenario(std::vector<Scenario>& scenarios, const Mode& mode, std::string oddity, Event event) {
  scenarios.push_back({mode, std::move(oddity), std::move(event.payload), std::move(event.rejected)});
}

void add_scenarios(std::vector<Scenario>& scenarios, const Mode& mode, Choices& choices) {
  for (std::size_t count = 0; count < valid_scenarios; ++count) {
    add_scenario(scenarios, mode, "", event_of(choices.batch(mode.source, 0)));
  }
  for (const Oddity& oddity : oddities) {
    for (std::size_t count = 0; oddity.occurs(mode.source) && count < odd_scenarios; ++count) {
      add_scenario(scenarios, mode, oddity.name, oddity.draw(choices, mode.source));
    }
  }
  for (std::size_t count = 0; count < damaged_scenarios; ++count) {
    std::string damage;
    Event event = damaged(choices, mode.source, damage);
    add_scenario(scenarios, mode, std::move(damage), std::move(event));
  }
}

}  // namespace

std::vector<Scenario> draw_scenarios(std::uint64_t seed) {
  std::vector<Scenario> scenarios;
  scenarios.reserve(modes().size() * (valid_scenarios + oddities.size() * odd_scenarios + damaged_scenarios));
  Choices choices{rc::Random(seed)};
  for (const Mode& mode : modes()) add_scenarios(scenarios, mode, choices);
  return scenarios;
}

}  // namespace batchproof::conformance
