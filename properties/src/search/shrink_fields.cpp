#include "shrink_fields.hpp"

#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/item.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/deletions.hpp>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "shrink_steps.hpp"
#include "shrink_values.hpp"

namespace batchproof::properties {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using nlohmann::ordered_json;

namespace {

/// The number of reasons why AWS would not send the record.
std::size_t reasons_against(fixtures::Source source, const CaseRecord& record) {
  return fixtures::hostile_input({.source = source, .records = {record}}).size();
}

/// On a FIFO queue the group of the first record, unless its name is long; on another queue none. The group
/// of a record of Kafka is its partition.
std::optional<std::string> joined_group(const BatchCase& batch, std::size_t index) {
  if (batch.source == fixtures::Source::kafka) return batch.records[index].message_group_id;
  if (!fixtures::is_fifo_queue(batch.source)) return std::nullopt;
  const std::string plain = "group-0";
  const auto& first = batch.records.front().message_group_id;
  return first && first->size() <= plain.size() ? first : plain;
}

/// The batch of a tumbling window with the arrival times of plain records, which its window follows.
BatchCase at_plain_times(BatchCase batch) {
  const ordered_json::json_pointer time{std::string(fixtures::info_of(batch.source).arrival_time)};
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    ordered_json record = fixtures::parse_ordered_json_or_discard(batch.records[index].json);
    const ordered_json plain_time =
        fixtures::parse_ordered_json_or_discard(plain_around(batch, index, {}, {}).json).at(time);
    if (!record.is_object() || !record.contains(time) || record[time] == plain_time) continue;
    record[time] = plain_time;
    batch.records[index].json = fixtures::to_valid_text(record);
    batch.records[index].fields.clear();
  }
  return batch;
}

/// Makes the event the first invocation of its window, and not its last, or else one of the two.
BatchCase begin_window(BatchCase batch_case, const StillBreaks& still_breaks) {
  if (!fixtures::has_windows(batch_case.source)) return batch_case;
  const fixtures::InvocationOfWindow drawn = fixtures::invocation_of_window(batch_case);
  const fixtures::InvocationOfWindow first{.is_final = drawn.is_final,
                                           .is_terminated_early = drawn.is_terminated_early};
  // `first` is the plainest one when `drawn` ends no window.
  std::optional<fixtures::InvocationOfWindow> tried;
  for (const auto& simpler :
       {fixtures::InvocationOfWindow{}, first, fixtures::InvocationOfWindow{.state = drawn.state}}) {
    if (simpler == drawn) return batch_case;
    if (simpler == tried) continue;
    tried = simpler;
    BatchCase simpler_case = batch_case;
    simpler_case.invocation = simpler;
    if (still_breaks(simpler_case)) return simpler_case;
  }
  return batch_case;
}

/// The record that holds the payload of this one, or deletes as it does, and is plain in all else. Nothing
/// for one that AWS would not send.
std::optional<CaseRecord> plain_form(const BatchCase& batch, std::size_t index,
                                     const std::optional<std::string>& payload,
                                     const std::optional<std::string>& group) {
  const auto read_identifier = fixtures::info_of(batch.source).read_identifier;
  if (read_identifier != nullptr && !read_identifier(batch.records[index].item_identifier))
    return std::nullopt;
  if (payload) return plain_around(batch, index, payload, group);
  const ordered_json record = fixtures::parse_ordered_json_or_discard(batch.records[index].json);
  if (!record.is_object()) return std::nullopt;
  const ordered_json nothing;
  if (batch.source == fixtures::Source::kafka && record.value("value", nothing).is_null())
    return generators::tombstone_of(plain_around(batch, index, "", group));
  const ordered_json::json_pointer old_image("/dynamodb/OldImage");
  if (record.value("eventName", nothing) != "REMOVE" || !record.contains(old_image)) return std::nullopt;
  const std::string item = fixtures::to_text(record[old_image]);
  if (!fixtures::is_item(item)) return std::nullopt;
  return generators::removal_of(plain_around(batch, index, item, group));
}

/// The change as that of a new item.
std::optional<std::string> as_insertion(const std::string& json) {
  ordered_json record = fixtures::parse_ordered_json_or_discard(json);
  const ordered_json nothing;
  if (!record.is_object() || record.value("eventName", nothing) != "MODIFY" ||
      !record.value("dynamodb", nothing).is_object())
    return std::nullopt;
  record["eventName"] = "INSERT";
  record["dynamodb"].erase("OldImage");
  return fixtures::to_valid_text(record);
}

/// The records of Kafka in partitions with short names and low offsets, or all in one partition. Twins stay
/// twins. Nothing for a batch with a damaged record.
std::optional<BatchCase> in_plain_partitions(BatchCase batch, bool in_one) {
  std::map<std::string, std::size_t> partitions;
  std::map<std::string, std::int64_t> offsets;
  std::map<std::string, std::int64_t> next_offsets;
  for (CaseRecord& record : batch.records) {
    ordered_json json = fixtures::parse_ordered_json_or_discard(record.json);
    if (!json.is_object() || !record.message_group_id) return std::nullopt;
    const std::size_t partition =
        in_one ? 0 : partitions.try_emplace(*record.message_group_id, partitions.size()).first->second;
    record.message_group_id = "orders-" + std::to_string(partition);
    const auto [offset, is_new] =
        offsets.try_emplace(record.item_identifier, next_offsets[*record.message_group_id]);
    if (is_new) ++next_offsets[*record.message_group_id];
    json["topic"] = "orders";
    json["partition"] = partition;
    json["offset"] = offset->second;
    record.item_identifier = fixtures::kafka_identifier(*record.message_group_id, offset->second);
    record.json = fixtures::to_text(json);
    record.fields.clear();
  }
  return batch;
}

}  // namespace

CaseRecord plain_like(const CaseRecord& record, fixtures::Source source,
                      const fixtures::PlainRecord& fields) {
  CaseRecord plain = fixtures::info_of(source).plain_record(fields);
  plain.rejected = record.rejected;
  plain.verdict_unknown = record.verdict_unknown;
  return plain;
}

CaseRecord plain_around(const BatchCase& batch, std::size_t index, std::optional<std::string> payload,
                        std::optional<std::string> group) {
  const CaseRecord& record = batch.records[index];
  return plain_like(record, batch.source,
                    {.identifier = record.item_identifier,
                     .place = index,
                     .group = std::move(group),
                     .payload = std::move(payload)});
}

BatchCase plain_event(BatchCase batch, const StillBreaks& still_breaks) {
  if (batch.self_managed) replaces(batch.self_managed, false, [&] { return still_breaks(batch); });
  return begin_window(std::move(batch), still_breaks);
}

BatchCase shrink_fields(BatchCase batch, const StillBreaks& still_breaks) {
  // A record that became plain alone would leave the window of the others.
  if (fixtures::has_windows(batch.source)) {
    if (BatchCase moved = at_plain_times(batch); still_breaks(moved)) batch = std::move(moved);
  }
  if (batch.source == fixtures::Source::kafka) {
    for (const bool in_one : {true, false}) {
      auto moved = in_plain_partitions(batch, in_one);
      if (!moved || !still_breaks(*moved)) continue;
      batch = *std::move(moved);
      break;
    }
  }
  const auto payloads = fixtures::payloads_in(batch);
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    const auto becomes = [&](CaseRecord other) {
      CaseRecord& record = batch.records[index];
      const bool is_same = record.json == other.json && record.odd_field == other.odd_field;
      return is_same || replaces(record, std::move(other), [&] { return still_breaks(batch); });
    };
    const CaseRecord own = batch.records[index];
    const auto plain = plain_form(batch, index, payloads[index], own.message_group_id);
    if (!plain) continue;
    if (becomes(*plain_form(batch, index, payloads[index], joined_group(batch, index))) || becomes(*plain))
      continue;
    const std::size_t reasons = reasons_against(batch.source, own);
    const auto becomes_json = [&](const std::string& json) {
      CaseRecord changed = own;
      changed.json = json;
      changed.fields.clear();
      return reasons_against(batch.source, changed) <= reasons && becomes(std::move(changed));
    };
    if (const auto insertion = as_insertion(own.json)) becomes_json(*insertion);
    const std::string json = batch.records[index].json;
    shrink_towards(json, plain->json, false, becomes_json);
  }
  return plain_event(std::move(batch), still_breaks);
}

}  // namespace batchproof::properties
