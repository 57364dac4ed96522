#include <algorithm>
#include <array>
#include <batchproof/fixtures/json_outline.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "damage.hpp"
#include "draw_batch.hpp"

namespace batchproof::generators {
namespace {

using namespace std::string_view_literals;
using fixtures::BatchCase;
using fixtures::JsonChild;
using fixtures::JsonChildren;
using fixtures::Source;

/// A place below a record: one of the children of an object or array.
struct Field {
  JsonChildren children{};
  std::size_t index = 0;
  std::string pointer{};
};

Field draw_field(Draws& draws, std::string_view record, std::string record_pointer) {
  Field field{.children = fixtures::json_children(record, 0), .pointer = std::move(record_pointer)};
  while (true) {
    field.index = draws.below(field.children.size());
    const JsonChild& child = field.children[field.index];
    const auto name = fixtures::name_of(record, child);
    (field.pointer += '/') += name ? std::string(*name) : std::to_string(field.index);
    JsonChildren inner = fixtures::json_children(record, child.value);
    if (inner.empty() || draws.one_in(4)) return field;
    field.children = std::move(inner);
  }
}

std::string_view draw_other_value(Draws& draws) {
  constexpr std::array values{
      R"("")"sv, R"("x")"sv, "0"sv,       "-1.5"sv,    "1e+300"sv, "18446744073709551615"sv,
      "true"sv,  "null"sv,   R"("==")"sv, R"("A=")"sv, "[]"sv,     "{}"sv};
  return draws.element(values);
}

void erase(std::string& json, const JsonChildren& children, std::size_t index) {
  const auto [begin, end] = fixtures::with_comma(children, index);
  json.erase(begin, end - begin);
}

void replace_value(std::string& json, const JsonChild& child, std::string_view value) {
  json.replace(child.value, child.end - child.value, value);
}

std::string_view value_of(std::string_view json, const JsonChild& child) {
  return json.substr(child.value, child.end - child.value);
}

/// The place of the member of this name; the number of children when there is none.
std::size_t place_of_member(std::string_view json, const JsonChildren& children, std::string_view name) {
  const auto found = std::find_if(children.begin(), children.end(), [&](const JsonChild& child) {
    return fixtures::name_of(json, child) == name;
  });
  return static_cast<std::size_t>(found - children.begin());
}

/// Gives the object that begins there a member of this value, in place of one of the same name.
void set_member(std::string& json, std::size_t object, std::string_view name, std::string_view value) {
  const JsonChildren children = fixtures::json_children(json, object);
  const std::size_t place = place_of_member(json, children, name);
  if (place < children.size()) return replace_value(json, children[place], value);
  std::string member = '"' + std::string(name) + "\":";
  (member += value) += children.empty() ? "" : ",";
  json.insert(json.find('{', object) + 1, member);
}

void erase_member(std::string& json, std::size_t object, std::string_view name) {
  const JsonChildren children = fixtures::json_children(json, object);
  const std::size_t place = place_of_member(json, children, name);
  if (place < children.size()) erase(json, children, place);
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
  std::string& record = batch.records[index].json;
  const Field field = draw_field(draws, record, place_of(batch, index));
  const JsonChild& child = field.children[field.index];
  std::string damage;
  switch (draws.below(3)) {
    case 0:
      erase(record, field.children, field.index);
      damage = " dropped";
      break;
    case 1:
      replace_value(record, child, "null");
      damage = " became null";
      break;
    default: {
      const std::string_view other = draw_other_value(draws);
      replace_value(record, child, other);
      (damage = " became ") += other;
      break;
    }
  }
  return {batch.payload(), field.pointer + damage};
}

/// The field of this source with another record's identifier: `"messageId":"twin"`.
std::string second_identifier(Source source) {
  const fixtures::IdentifierPath path = fixtures::info_of(source).identifier;
  const std::string identifier = '"' + std::string(path.name) + "\":\"2\"";
  return path.parent.empty() ? identifier : '"' + std::string(path.parent) + "\":{" + identifier + '}';
}

/// One of the record's own members.
JsonChild draw_member(Draws& draws, std::string_view record) {
  return draws.element(fixtures::json_children(record, 0));
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
      const std::string_view record = batch.records[index].json;
      const JsonChild member = draw_member(draws, record);
      const std::string_view value = draws.one_in(2) ? draw_other_value(draws) : value_of(record, member);
      ((field = '"') += fixtures::name_of(record, member).value()) += "\":";
      field += value;
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
  std::string event = layout.write({.source = batch.source, .records = {}}, "");
  switch (draws.below(10)) {
    case 0:
    case 3:
      erase_member(event, 0, name);
      return {std::move(event), '/' + name + " dropped"};
    case 1: {
      std::string payload = batch.payload();
      payload.pop_back();
      const JsonChildren members = fixtures::json_children(event, 0);
      ((payload += ',') += quoted) += ':';
      (payload += value_of(event, members[place_of_member(event, members, name)])) += '}';
      return {std::move(payload), '/' + name + " twice, the second empty"};
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
      set_member(event, 0, name, other);
      return {std::move(event), '/' + name + " became " + other};
    }
    default:
      return {std::move(event), '/' + name + " became empty"};
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
  constexpr std::string_view other_source = R"("aws:s3")";
  if (batch.source == Source::kafka) {
    std::string payload = batch.payload();
    set_member(payload, 0, "eventSource", other_source);
    return {std::move(payload), "/eventSource is of another source"};
  }
  if (draws.one_in(2)) {
    batch.records[index].json = draw_record_of_another_source(draws, batch.source);
  } else {
    set_member(batch.records[index].json, 0, "eventSource", other_source);
  }
  return {batch.payload(), place_of(batch, index) + " of another source"};
}

DamagedPayload without_identifier(Draws& draws, BatchCase batch, std::size_t index) {
  constexpr std::array others{R"("")"sv, "null"sv, "-7"sv, "[]"sv};
  std::string& record = batch.records[index].json;
  const fixtures::IdentifierPath path = fixtures::info_of(batch.source).identifier;
  std::size_t parent = 0;
  if (!path.parent.empty()) {
    const JsonChildren members = fixtures::json_children(record, 0);
    parent = members[place_of_member(record, members, path.parent)].value;
  }
  if (draws.one_in(3)) {
    erase_member(record, parent, path.name);
  } else {
    set_member(record, parent, path.name, draws.element(others));
  }
  return {batch.payload(), place_of(batch, index) + " without an identifier"};
}

DamagedPayload deeply_nested(Draws& draws, const BatchCase& batch, std::size_t index) {
  const std::size_t depth = draws.one_in(100) ? 200'000 : draws.between(100, 2'000);
  const std::string_view record = batch.records[index].json;
  const std::string field(draws.one_in(4) ? "unread"sv
                                          : fixtures::name_of(record, draw_member(draws, record)).value());
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
