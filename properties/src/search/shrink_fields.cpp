#include "shrink_fields.hpp"

#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
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

}  // namespace

CaseRecord plain_like(const CaseRecord& record, fixtures::Source source,
                      const fixtures::PlainRecord& fields) {
  CaseRecord plain = fixtures::info_of(source).plain_record(fields);
  plain.rejected = record.rejected;
  plain.verdict_unknown = record.verdict_unknown;
  return plain;
}

/// The record of the batch with this payload and group, plain in all else.
CaseRecord plain_around(const BatchCase& batch, std::size_t index, std::optional<std::string> payload,
                        std::optional<std::string> group) {
  const CaseRecord& record = batch.records[index];
  return plain_like(record, batch.source,
                    {.identifier = record.item_identifier,
                     .place = index,
                     .group = std::move(group),
                     .payload = std::move(payload)});
}

BatchCase shrink_fields(BatchCase batch, const StillBreaks& still_breaks) {
  // A record that became plain alone would leave the window of the others.
  if (fixtures::has_windows(batch.source)) {
    if (BatchCase moved = at_plain_times(batch); still_breaks(moved)) batch = std::move(moved);
  }
  const auto payloads = fixtures::payloads_in(batch);
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    if (!payloads[index]) continue;
    const auto becomes = [&](CaseRecord other) {
      return batch.records[index].json == other.json ||
             replaces(batch.records[index], std::move(other), [&] { return still_breaks(batch); });
    };
    const CaseRecord own = batch.records[index];
    const CaseRecord plain = plain_around(batch, index, *payloads[index], own.message_group_id);
    if (becomes(plain_around(batch, index, *payloads[index], joined_group(batch, index))) || becomes(plain))
      continue;
    const std::size_t reasons = reasons_against(batch.source, own);
    shrink_towards(own.json, plain.json, false, [&](const std::string& json) {
      CaseRecord changed = own;
      changed.json = json;
      changed.fields.clear();
      return reasons_against(batch.source, changed) <= reasons && becomes(std::move(changed));
    });
  }
  return batch;
}

}  // namespace batchproof::properties
