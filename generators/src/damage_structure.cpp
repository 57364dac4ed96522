#include <array>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "damage.hpp"
#include "draw_batch.hpp"

namespace batchproof::generators {
namespace {

using Json = nlohmann::ordered_json;
using fixtures::BatchCase;
using fixtures::Source;

/// A place below a record: the object or array that holds it, and its key there.
struct Field {
  Json* parent = nullptr;
  std::string key{};      ///< of an object's member
  std::size_t index = 0;  ///< of an array's element
  std::string pointer{};

  Json& value() const { return parent->is_object() ? (*parent)[key] : (*parent)[index]; }
  void erase() const {
    if (parent->is_object()) {
      parent->erase(key);
    } else {
      parent->erase(index);
    }
  }
};

Field draw_field(Draws& draws, Json& record, const std::string& record_pointer) {
  Field field{.pointer = record_pointer};
  Json* inner = &record;
  do {
    field.parent = inner;
    field.index = draws.below(inner->size());
    auto member = inner->begin();
    std::advance(member, field.index);
    if (inner->is_object()) field.key = member.key();
    field.pointer += '/' + (inner->is_object() ? field.key : std::to_string(field.index));
    inner = &*member;
  } while (inner->is_structured() && !inner->empty() && !draws.one_in(4));
  return field;
}

Json draw_other_value(Draws& draws) {
  const std::array<Json, 12> values{"",   "x",    0,    -1.5, 1e300,         18446744073709551615U,
                                    true, Json(), "==", "A=", Json::array(), Json::object()};
  return draws.element(values);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string draw_record_of_another_source(Draws& draws, Source source) {
  std::vector<const fixtures::SourceInfo*> others;
  for (const Source other : fixtures::all_sources) {
    const fixtures::SourceInfo& info = fixtures::info_of(other);
    if (info.event_source != fixtures::info_of(source).event_source) others.push_back(&info);
  }
  const fixtures::SourceInfo& other = *draws.element(others);
  return other.plain_record({.identifier = fixtures::plain_identifier(other.source, 0)}).json;
}

const fixtures::EventLayout& layout_of(const BatchCase& batch) {
  return *fixtures::info_of(batch.source).layout;
}

/// The place of a record, for the sentence that names the damage.
std::string place_of(const BatchCase& batch, std::size_t index) {
  return layout_of(batch).pointer(batch.records, index);
}

/// Adds a field to one record's text, before its other fields.
DamagedPayload with_field(BatchCase batch, std::size_t index, const std::string& field,
                          const std::string& damage) {
  std::string& json = batch.records[index].json;
  json.insert(json.find('{') + 1, field + ',');
  return {batch.payload(), place_of(batch, index) + ": " + damage};
}

DamagedPayload damage_field(Draws& draws, BatchCase batch, std::size_t index) {
  Json record = fixtures::parse_ordered_json(batch.records[index].json);
  const Field field = draw_field(draws, record, place_of(batch, index));
  std::string damage;
  switch (draws.below(3)) {
    case 0:
      field.erase();
      damage = " dropped";
      break;
    case 1:
      field.value() = nullptr;
      damage = " became null";
      break;
    default:
      const Json other = draw_other_value(draws);
      field.value() = other;
      damage = " became " + fixtures::to_text(other);
      break;
  }
  batch.records[index].json = fixtures::to_text(record);
  return {batch.payload(), field.pointer + damage};
}

/// The field of this source with another record's identifier: `"messageId":"twin"`.
std::string second_identifier(Source source) {
  const fixtures::IdentifierPath path = fixtures::info_of(source).identifier;
  const std::string identifier = '"' + std::string(path.name) + "\":\"2\"";
  return path.parent.empty() ? identifier : '"' + std::string(path.parent) + "\":{" + identifier + '}';
}

/// One of the record's own members, by its name.
std::string draw_member(Draws& draws, const Json& record) {
  auto member = record.begin();
  std::advance(member, draws.below(record.size()));
  return member.key();
}

DamagedPayload with_second_field(Draws& draws, const BatchCase& batch, std::size_t index) {
  std::string field;
  switch (draws.below(4)) {
    case 0:
      field = second_identifier(batch.source);
      break;
    case 1:
      field = R"("eventSource":"aws:s3")";
      break;
    default: {
      const Json record = fixtures::parse_ordered_json(batch.records[index].json);
      const std::string name = draw_member(draws, record);
      const Json value = draws.one_in(2) ? draw_other_value(draws) : record[name];
      field = fixtures::to_text(Json(name)) + ':' + fixtures::to_text(value);
      break;
    }
  }
  return with_field(batch, index, field, "a second field " + field);
}

/// Damages the member that holds the records.
DamagedPayload damage_records(Draws& draws, const BatchCase& batch) {
  constexpr std::array<const char*, 6> others{"null", "{}", "\"\"", "0", "true", "[[]]"};
  const fixtures::EventLayout& layout = layout_of(batch);
  const std::string name(layout.records);
  if (name.empty()) {
    const std::string other = draws.one_in(3) ? "[]" : draws.element(others);
    return {other, "the event became " + other};
  }
  const std::string quoted = '"' + name + '"';
  Json event = fixtures::parse_ordered_json(layout.write({.source = batch.source, .records = {}}, ""));
  switch (draws.below(10)) {
    case 0:
    case 3:
      event.erase(name);
      return {fixtures::to_text(event), '/' + name + " dropped"};
    case 1: {
      std::string payload = batch.payload();
      payload.pop_back();
      return {payload + ',' + quoted + ':' + fixtures::to_text(event[name]) + '}',
              '/' + name + " twice, the second empty"};
    }
    case 2: {
      std::string payload = batch.payload();
      payload[payload.find(quoted) + 1] ^= 0x20;  // changes the case of a letter
      return {payload, '/' + name + " with its first letter in the other case"};
    }
    case 4:
    case 5:
    case 6: {
      const std::string other = draws.element(others);
      event[name] = fixtures::parse_ordered_json(other);
      return {fixtures::to_text(event), '/' + name + " became " + other};
    }
    default:
      return {fixtures::to_text(event), '/' + name + " became empty"};
  }
}

DamagedPayload from_elsewhere(Draws& draws, BatchCase batch, std::size_t index) {
  const bool may_have_window = !layout_of(batch).records.empty() && !fixtures::has_windows(batch.source);
  if (draws.one_in(3) && may_have_window) {
    constexpr std::string_view window =
        R"(,"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":{},"shardId":"shard-1"})";
    std::string payload = batch.payload();
    payload.pop_back();
    return {payload.append(window), "/window added"};
  }
  if (Json event = fixtures::parse_ordered_json(batch.payload()); event.contains("eventSource")) {
    event["eventSource"] = "aws:s3";
    return {fixtures::to_text(event), "/eventSource is of another source"};
  }
  if (draws.one_in(2)) {
    batch.records[index].json = draw_record_of_another_source(draws, batch.source);
  } else {
    Json record = fixtures::parse_ordered_json(batch.records[index].json);
    record["eventSource"] = "aws:s3";
    batch.records[index].json = fixtures::to_text(record);
  }
  return {batch.payload(), place_of(batch, index) + " of another source"};
}

DamagedPayload without_identifier(Draws& draws, BatchCase batch, std::size_t index) {
  Json record = fixtures::parse_ordered_json(batch.records[index].json);
  const fixtures::IdentifierPath path = fixtures::info_of(batch.source).identifier;
  Json& parent = path.parent.empty() ? record : record[std::string(path.parent)];
  const std::string name(path.name);
  const std::array<Json, 4> others{"", Json(), -7, Json::array()};
  if (draws.one_in(3)) {
    parent.erase(name);
  } else {
    parent[name] = draws.element(others);
  }
  batch.records[index].json = fixtures::to_text(record);
  return {batch.payload(), place_of(batch, index) + " without an identifier"};
}

DamagedPayload deeply_nested(Draws& draws, const BatchCase& batch, std::size_t index) {
  const std::size_t depth = draws.one_in(100) ? 200'000 : draws.between(100, 2'000);
  const std::string field = draws.one_in(4)
                                ? "unread"
                                : draw_member(draws, fixtures::parse_ordered_json(batch.records[index].json));
  return with_field(batch, index, '"' + field + "\":" + nested(depth),
                    std::to_string(depth) + " brackets in a field " + field);
}

}  // namespace

DamagedPayload damage_structure(Draws& draws, const BatchCase& batch) {
  const std::size_t index = draws.below(batch.records.size());
  switch (draws.below(11)) {
    case 0:
    case 6:
      return damage_records(draws, batch);
    case 1:
    case 7:
      return from_elsewhere(draws, batch, index);
    case 2:
      return with_second_field(draws, batch, index);
    case 3:
      return deeply_nested(draws, batch, index);
    case 4: {
      constexpr std::array<const char*, 5> others{"null", "[]", "\"record\"", "1", "{}"};
      BatchCase broken = batch;
      broken.records[index].json = draws.element(others);
      return {broken.payload(), place_of(batch, index) + " became " + broken.records[index].json};
    }
    case 5:
    case 8:
      return without_identifier(draws, batch, index);
    default:
      return damage_field(draws, batch, index);
  }
}

}  // namespace batchproof::generators
