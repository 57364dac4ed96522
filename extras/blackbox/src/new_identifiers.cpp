#include "new_identifiers.hpp"

#include <string.h>

#include <algorithm>
#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace batchproof::blackbox {
namespace {

using fixtures::BatchCase;
using nlohmann::ordered_json;

/// Each identifier once, in the order of the batch.
std::vector<std::string> identifiers_in_order(const BatchCase& batch_case) {
  std::vector<std::string> identifiers;
  std::unordered_set<std::string_view> seen;
  for (const auto& record : batch_case.records) {
    if (seen.insert(record.item_identifier).second) identifiers.push_back(record.item_identifier);
  }
  return identifiers;
}

std::string padded(std::uint64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

/// A number with more digits than a double or 64 bits hold exactly. The longer the number, the lower its
/// first digit, so that comparing numbers as text gives the wrong order.
std::string sequence_number(std::uint64_t batch, std::size_t length_rank, std::size_t place) {
  constexpr std::size_t digits_of_batch = 16;
  constexpr std::size_t digits_of_place = 5;
  const std::size_t rank = std::min<std::size_t>(length_rank, 8);
  return std::to_string(9 - rank) + padded(batch, digits_of_batch + rank) + padded(place, digits_of_place);
}

std::vector<RenamedBatch::Name> stream_names(const BatchCase& batch_case, std::uint64_t batch) {
  std::vector<RenamedBatch::Name> names;
  std::size_t length_rank = 0;
  std::vector<std::string> identifiers = identifiers_in_order(batch_case);
  std::stable_sort(identifiers.begin(), identifiers.end(), fixtures::lower_sequence_number);
  for (std::string& own : identifiers) {
    if (!names.empty() && own.size() > names.back().own.size()) ++length_rank;
    std::string sent = sequence_number(batch, length_rank, names.size());
    names.push_back({std::move(own), std::move(sent)});
  }
  return names;
}

/// New event ids with the same shards, in the order of the batch.
std::vector<RenamedBatch::Name> event_id_names(const BatchCase& batch_case, std::uint64_t batch) {
  std::vector<RenamedBatch::Name> names;
  for (const std::string& own : identifiers_in_order(batch_case))
    names.push_back({own, own.substr(0, own.rfind(':') + 1) + sequence_number(batch, 0, names.size())});
  return names;
}

/// `text` without the white space at its end.
std::string_view without_space_behind(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// The place of the identifier in the text of a record; nothing unless the text holds it exactly once,
/// without escapes, as the value of that member.
std::optional<std::size_t> place_in_text(std::string_view record, std::string_view member,
                                         std::string_view own) {
  const std::size_t place = record.find(own);
  if (own.empty() || place == std::string_view::npos || record.find(own, place + 1) != std::string_view::npos)
    return std::nullopt;
  if (!record.substr(place + own.size()).starts_with('"')) return std::nullopt;
  std::string_view before = record.substr(0, place);
  for (const char expected : {'"', ':', '"'}) {
    before = without_space_behind(before);
    if (!before.ends_with(expected)) return std::nullopt;
    before.remove_suffix(1);
  }
  if (!before.ends_with(member) || !before.substr(0, before.size() - member.size()).ends_with('"'))
    return std::nullopt;
  return place;
}

/// "shardId-000000000006"; any text that does not look so unchanged.
std::string numbered_shard(const std::string& shard, std::uint64_t number) {
  constexpr std::string_view begin = "shardId-";
  constexpr std::size_t digits = 12;
  return shard.starts_with(begin) ? std::string(begin) + padded(number, digits) : shard;
}

/// The record with its identifier replaced, also in `eventID`, where a Kinesis record repeats it after the
/// shard.
std::string renamed_record(std::string_view text, const fixtures::SourceInfo& info, const std::string& own,
                           const std::string& sent, std::uint64_t shard_number) {
  ordered_json record = fixtures::parse_ordered_json(text);
  const fixtures::IdentifierPath& path = info.identifier;
  if (info.read_identifier != nullptr) {  // the list of the record holds the other parts
    record[std::string(path.name)] = fixtures::parse_ordered_json(sent).at(std::string(path.name));
    return fixtures::to_text(record);
  }
  ordered_json* const holder = path.parent.empty() ? &record : &record[std::string(path.parent)];
  if (holder->is_object()) (*holder)[std::string(path.name)] = sent;
  if (info.identifier_has_shard) record["sequenceNumber"] = sent.substr(sent.rfind(':') + 1);
  const auto event_id = record.find("eventID");
  if (event_id == record.end() || !event_id->is_string()) return fixtures::to_text(record);
  auto id = event_id->get<std::string>();
  if (id.ends_with(':' + own)) {
    const std::string shard = id.substr(0, id.size() - own.size() - 1);
    *event_id = numbered_shard(shard, shard_number) + ':' + sent;
  }
  return fixtures::to_text(record);
}

/// The place and the length of the text of the first member of this name that holds one.
std::optional<std::pair<std::size_t, std::size_t>> place_of_text(std::string_view record,
                                                                 std::string_view name) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::string quoted = '"' + std::string(name) + '"';
  for (std::size_t found = 0; (found = record.find(quoted, found)) != std::string_view::npos; ++found) {
    std::size_t begin = record.find_first_not_of(blanks, found + quoted.size());
    if (begin == std::string_view::npos || record[begin] != ':') continue;
    begin = record.find_first_not_of(blanks, begin + 1);
    if (begin == std::string_view::npos || record[begin] != '"') continue;
    std::size_t end = ++begin;
    while (end < record.size() && record[end] != '"') end += record[end] == '\\' ? 2U : 1U;
    if (end < record.size()) return std::pair(begin, end - begin);
  }
  return std::nullopt;
}

/// Replaces the text of this member by `renew(text)`; leaves a record without it, or with an empty one, as it
/// is.
template <class Renew>
void renew_text(std::string& record, std::string_view member, const Renew& renew) {
  auto place = place_of_text(record, member);
  if (!place && record.find("\\u") != std::string::npos) {  // hostile input may escape the name
    const ordered_json json = fixtures::parse_ordered_json_or_discard(record);
    std::string unescaped = json.is_object() ? fixtures::to_valid_text(json) : std::string();
    place = place_of_text(unescaped, member);
    if (place) record = std::move(unescaped);
  }
  if (!place || place->second == 0) return;
  record.replace(place->first, place->second, renew(record.substr(place->first, place->second)));
}

/// Makes the other texts of a record new that AWS gives to no other record: a function that knows a record by
/// one of them must not meet it again in another batch.
void renew_other_texts(std::string& record, fixtures::Source source, const RenamedBatch::Name& name) {
  const auto becomes = [&record](std::string_view member, const std::string& text) {
    renew_text(record, member, [&](const std::string&) { return text; });
  };
  if (source == fixtures::Source::dynamodb_pipe)
    return becomes("SequenceNumber", sequence_number(name.batch, 0, name.number));
  if (fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item)
    return becomes("eventID", fixtures::dynamodb_event_id_of(name.sent));
  const bool is_fifo = fixtures::is_fifo_queue(source);
  if (is_fifo || fixtures::is_standard_queue(source))
    becomes("receiptHandle", fixtures::receipt_handle_of(name.sent));
  if (!is_fifo) return;
  becomes("SequenceNumber", fixtures::fifo_sequence_number(name.number));
  // Those of one batch may differ late or in case, so they stay as they are but for their end.
  renew_text(record, "MessageDeduplicationId", [&](const std::string& own) {
    constexpr std::size_t longest = 128;
    const std::string renewed = own + '-' + std::to_string(name.batch);
    return renewed.size() <= longest ? renewed : name.sent;
  });
}

}  // namespace

bool RenamedBatch::holds(std::string_view text, std::string_view name) noexcept {
  return memmem(text.data(), text.size(), name.data(), name.size()) != nullptr;  // faster than find
}

void RenamedBatch::replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t place = 0; (place = text.find(from, place)) != std::string::npos; place += to.size())
    text.replace(place, from.size(), to);
}

std::string RenamedBatch::event(const BatchCase& batch_case, std::string_view payload) const {
  const fixtures::SourceInfo& info = fixtures::info_of(batch_case.source);
  std::unordered_map<std::string_view, const Name*> names;
  for (const Name& name : names_) names.emplace(name.own, &name);
  std::string event;
  event.reserve(payload.size());
  std::string_view rest = payload;
  for (const auto& record : batch_case.records) {
    const std::size_t place = rest.find(record.json);
    if (place == std::string_view::npos) return std::string(payload);
    event += rest.substr(0, place);
    rest.remove_prefix(place + record.json.size());
    const auto name = names.find(record.item_identifier);
    if (name == names.end()) {
      event += record.json;
      continue;
    }
    const std::string& own = name->second->own;
    const std::string& sent = name->second->sent;
    const auto own_place = place_in_text(record.json, info.identifier.name, own);
    std::string renamed = record.json;
    if (own_place && !info.identifier_has_shard) {
      renamed.replace(*own_place, own.size(), sent);
    } else {
      renamed = renamed_record(record.json, info, own, sent, shard_);
    }
    renew_other_texts(renamed, info.source, *name->second);
    event += renamed;
  }
  return event += rest;
}

const std::string* RenamedBatch::own_name(std::string_view sent) const {
  const auto name =
      std::find_if(names_.begin(), names_.end(), [&](const Name& one) { return one.sent == sent; });
  return name == names_.end() ? nullptr : &name->own;
}

/// They keep the order of each partition, and the gaps between its offsets.
std::vector<RenamedBatch::Name> NewIdentifiers::offset_names(const BatchCase& batch_case) {
  constexpr std::uint64_t lowest = 1'000'000'000'000'000;
  constexpr std::uint64_t largest_batch = 100'000;
  const fixtures::SourceInfo& info = fixtures::info_of(batch_case.source);
  const std::string offset(info.identifier.name);
  std::vector<std::string> identifiers = identifiers_in_order(batch_case);
  std::sort(identifiers.begin(), identifiers.end());
  std::stable_sort(
      identifiers.begin(), identifiers.end(),
      [](const std::string& left, const std::string& right) { return left.size() < right.size(); });
  constexpr std::uint64_t largest_step = 8;
  struct Offset {
    std::uint64_t own;
    std::uint64_t sent;
  };
  std::unordered_map<std::string, Offset> last_offsets;
  std::vector<RenamedBatch::Name> names;
  for (std::string& own : identifiers) {
    ordered_json sent = fixtures::parse_ordered_json(own);
    const auto own_offset = sent.at(offset).get<std::uint64_t>();
    sent.erase(offset);
    const std::string partition = fixtures::to_text(sent);
    const std::uint64_t first = partitions_.contains(partition) ? lowest + batches_ * largest_batch : 0;
    Offset& last = last_offsets.try_emplace(partition, Offset{own_offset, first}).first->second;
    last = {own_offset, last.sent + std::min(own_offset - last.own, largest_step)};
    sent[offset] = last.sent;
    names.push_back({std::move(own), info.read_identifier(fixtures::to_text(sent)).value()});
  }
  for (const auto& [partition, last] : last_offsets) partitions_.insert(partition);
  return names;
}

std::vector<RenamedBatch::Name> NewIdentifiers::new_names(const BatchCase& batch_case) {
  ++batches_;
  const fixtures::SourceInfo& info = fixtures::info_of(batch_case.source);
  if (fixtures::is_stream(info.source)) return stream_names(batch_case, batches_);
  if (info.read_identifier != nullptr) return offset_names(batch_case);
  if (info.identifier_has_shard) return event_id_names(batch_case, batches_);
  std::vector<RenamedBatch::Name> names;
  for (std::string& own : identifiers_in_order(batch_case)) {
    const bool is_event_id = info.source == fixtures::Source::dynamodb_pipe;
    names.push_back({std::move(own), is_event_id ? fixtures::dynamodb_event_id_of(new_uuid()) : new_uuid()});
  }
  return names;
}

void NewIdentifiers::keep(const RenamedBatch& batch) {
  for (const RenamedBatch::Name& name : batch.names()) kept_.insert_or_assign(name.own, name);
}

std::optional<std::vector<RenamedBatch::Name>> NewIdentifiers::kept_names(const BatchCase& batch_case) const {
  std::vector<RenamedBatch::Name> names;
  for (const std::string& own : identifiers_in_order(batch_case)) {
    const auto name = kept_.find(own);
    if (name == kept_.end()) return std::nullopt;
    names.push_back(name->second);
  }
  return names;
}

RenamedBatch NewIdentifiers::rename(const BatchCase& batch_case) {
  auto kept = kept_names(batch_case);
  return kept ? renamed(std::move(*kept), batch_case.source) : rename_anew(batch_case);
}

RenamedBatch NewIdentifiers::rename_anew(const BatchCase& batch_case) {
  std::vector<RenamedBatch::Name> names = new_names(batch_case);
  for (RenamedBatch::Name& name : names) {
    name.batch = batches_;
    name.number = records_++;
  }
  return renamed(std::move(names), batch_case.source);
}

RenamedBatch NewIdentifiers::renamed(std::vector<RenamedBatch::Name> names, fixtures::Source source) {
  constexpr std::size_t remembered = 64;
  const bool has_several_lengths = !names.empty() && names.front().sent.size() != names.back().sent.size();
  if (has_several_lengths || had_several_lengths_) ++shard_;
  had_several_lengths_ = has_several_lengths;
  recent_.emplace_front(std::move(names), fixtures::info_of(source).read_identifier, shard_);
  if (recent_.size() > remembered) recent_.pop_back();
  return recent_.front();
}

void NewIdentifiers::name_objects(ordered_json& json, const RenamedBatch& batch) const {
  const auto identifier = json.is_object() ? batch.read_identifier(fixtures::to_text(json)) : std::nullopt;
  if (!identifier) {
    for (ordered_json& member : json) {
      if (member.is_structured()) name_objects(member, batch);
    }
    return;
  }
  if (const std::string* const own = batch.own_name(*identifier)) {
    json = fixtures::parse_ordered_json(*own);
    return;
  }
  for (const RenamedBatch& other : recent_) {
    const std::string* const own = other.own_name(*identifier);
    if (own == nullptr) continue;
    json = fixtures::parse_ordered_json(*own);
    for (ordered_json& member : json) {
      if (member.is_string()) member = member.get<std::string>() + std::string(another_batch);
    }
    return;
  }
}

std::string NewIdentifiers::in_own_names(std::string text, const RenamedBatch& batch, bool is_json,
                                         Others others) const {
  if (batch.has_objects()) {
    ordered_json json = fixtures::parse_ordered_json_or_discard(text);
    if (!json.is_structured()) return text;
    const ordered_json written = json;
    name_objects(json, batch);
    // A log may write an identifier with spaces, and is compared as text; the answer is shown as it was.
    return is_json && json == written ? text : fixtures::to_text(json);
  }
  const auto written = [is_json](const std::string& own) {
    if (!is_json) return own;
    const std::string quoted = fixtures::to_text(nlohmann::json(own));
    return quoted.substr(1, quoted.size() - 2);
  };
  text = batch.with_own_names(std::move(text), written);
  if (others == Others::as_sent) return text;
  for (const RenamedBatch& other : recent_) {
    text = other.with_own_names(
        std::move(text), [&](const std::string& own) { return written(own) + std::string(another_batch); });
  }
  return text;
}

std::string NewIdentifiers::new_uuid() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string uuid = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
  std::uint64_t bits = 0;
  for (std::size_t place = 0; place < uuid.size(); ++place) {
    if (place == 0 || place == uuid.size() / 2) bits = random_();
    if (uuid[place] != 'x') continue;
    uuid[place] = digits[bits % digits.size()];
    bits /= digits.size();
  }
  return uuid;
}

}  // namespace batchproof::blackbox
