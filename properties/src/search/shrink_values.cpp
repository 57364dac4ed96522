#include "shrink_values.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/item.hpp>
#include <batchproof/fixtures/json_outline.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "shrink_steps.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using nlohmann::ordered_json;

/// The whole number that a value is, or that its text is.
std::optional<std::int64_t> whole_number_in(const ordered_json& value) {
  if (value.is_number_integer()) {
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
      return std::nullopt;
    return value.get<std::int64_t>();
  }
  constexpr std::size_t most_digits = 18;
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty() || text.size() > most_digits || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

/// Changes one document, a value at a time, as long as the violation remains.
class ValueShrink {
 public:
  ValueShrink(ordered_json document, bool texts_shrink, const BytesStillBreak& still_breaks)
      : document_(std::move(document)), texts_shrink_(texts_shrink), still_breaks_(still_breaks) {}

  void towards(ordered_json& value, const ordered_json& plain) {
    if (value == plain || becomes(value, plain)) return;
    if (const auto number = whole_number_in(value)) return come_near(value, *number, plain);
    if (value.is_string() && texts_shrink_) return shorten(value);
    if (value.is_array()) return leave_out_elements(value);
    if (value.is_object()) members_towards(value, plain);
  }

  ordered_json& document() noexcept { return document_; }

 private:
  bool becomes(ordered_json& value, ordered_json other) {
    return replaces(value, std::move(other),
                    [&] { return still_breaks_(fixtures::to_valid_text(document_)); });
  }

  /// Replaces the number by the one nearest to the plain one that still violates the law, if all numbers
  /// beyond it do too.
  void come_near(ordered_json& value, std::int64_t number, const ordered_json& plain) {
    const auto target = whole_number_in(plain).value_or(0);
    const bool is_text = value.is_string();
    std::int64_t fails = target;
    std::int64_t shows = number;
    const auto distance = [&] {  // of two numbers that may have different signs
      const auto [low, high] = std::minmax(shows, fails);
      return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    };
    while (distance() > 1) {
      const std::int64_t middle = fails / 2 + shows / 2 + (fails % 2 + shows % 2) / 2;
      if (becomes(value, is_text ? ordered_json(std::to_string(middle)) : ordered_json(middle))) {
        shows = middle;
      } else {
        fails = middle;
      }
    }
  }

  void shorten(ordered_json& value) {
    if (becomes(value, "")) return;
    for (std::size_t chunk = value.get_ref<const std::string&>().size() / 2; chunk > 0; chunk /= 2) {
      for (std::size_t begin = 0; begin < value.get_ref<const std::string&>().size();) {
        std::string shorter = value.get<std::string>();
        shorter.erase(begin, chunk);
        if (shorter.empty() || !detail::is_utf8(shorter) || !becomes(value, shorter)) begin += chunk;
      }
    }
  }

  void leave_out_elements(ordered_json& value) {
    for (std::size_t index = value.size(); index-- > 0;) {
      ordered_json fewer = value;
      fewer.erase(index);
      if (!becomes(value, std::move(fewer))) towards(value[index], nothing_like(value[index]));
    }
  }

  void members_towards(ordered_json& value, const ordered_json& plain) {
    std::vector<std::string> names;
    for (const auto& [name, member] : value.items()) names.push_back(name);
    const bool is_known = plain.is_object();
    for (const std::string& name : names) {
      const bool is_plain = is_known && plain.contains(name);
      if (!is_plain) {
        ordered_json fewer = value;
        fewer.erase(name);
        if (becomes(value, std::move(fewer))) continue;
      }
      towards(value[name], is_plain ? plain[name] : nothing_like(value[name]));
    }
    if (!is_known) return;
    for (const auto& [name, member] : plain.items()) {
      if (value.contains(name)) continue;
      ordered_json more = value;
      more[name] = member;
      becomes(value, std::move(more));
    }
  }

  static ordered_json nothing_like(const ordered_json& value) {
    if (value.is_number()) return 0;
    if (whole_number_in(value)) return "0";
    return ordered_json(value.type());
  }

  ordered_json document_;
  bool texts_shrink_;
  const BytesStillBreak& still_breaks_;
};

ordered_json parsed(const std::string& text) { return fixtures::parse_ordered_json_or_discard(text); }

bool is_simpler(const std::string& left, const std::string& right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

std::vector<std::string> simplest_first(const fixtures::PayloadList& payloads, std::uint64_t seed) {
  constexpr std::size_t draws_each = 16;
  std::vector<std::string> texts = payloads.examples(seed, draws_each);
  std::sort(texts.begin(), texts.end(), is_simpler);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

/// True for a payload that the source can hold.
bool fits(fixtures::PayloadKind kind, const std::string& payload) {
  if (kind == fixtures::PayloadKind::text) return detail::is_utf8(payload);
  return kind == fixtures::PayloadKind::bytes || fixtures::is_item(payload);
}

/// The members and elements of a text, outer ones before inner ones.
std::vector<fixtures::JsonSpan> parts_of(const std::string& text) {
  std::vector<fixtures::JsonSpan> parts;
  for (const fixtures::JsonChildren& children : fixtures::json_outline(text)) {
    for (std::size_t index = 0; index < children.size(); ++index)
      parts.push_back(with_comma(children, index));
  }
  std::sort(parts.begin(), parts.end(),
            [](const auto& left, const auto& right) { return left.begin < right.begin; });
  return parts;
}

/// The payload of a JSON object with fewer members, then smaller values; any other payload with fewer bytes.
std::string with_less(const std::string& payload, const BytesStillBreak& still_breaks) {
  if (!parsed(payload).is_object()) return shrink_bytes(payload, still_breaks, 200);
  const std::string fewer = leave_out_parts(payload, still_breaks);
  return shrink_towards(fewer, "{}", true, still_breaks);
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
    ordered_json record = parsed(batch.records[index].json);
    const ordered_json plain_time = parsed(plain_around(batch, index, {}, {}).json).at(time);
    if (!record.is_object() || !record.contains(time) || record[time] == plain_time) continue;
    record[time] = plain_time;
    batch.records[index].json = fixtures::to_valid_text(record);
    batch.records[index].fields.clear();
  }
  return batch;
}

/// Replaces the payload `own` of a record, whose verdict becomes that of a listed payload, if the violation
/// remains. Returns true when it did.
bool replaces_payload(BatchCase& batch, std::size_t index, std::string& own, const std::string& payload,
                      const StillBreaks& still_breaks, std::optional<Verdict> listed = {}) {
  if (!fits(fixtures::info_of(batch.source).payload_kind, payload)) return false;
  const PlainOfPayload plain = [&](const std::string& text) {
    return plain_around(batch, index, text, batch.records[index].message_group_id);
  };
  auto changed = with_payload(batch.records[index], own, payload, plain);
  if (!changed) return false;
  if (listed) {
    changed->rejected = *listed == Verdict::rejected;
    changed->verdict_unknown = false;
  }
  if (!replaces(batch.records[index], *std::move(changed), [&] { return still_breaks(batch); })) return false;
  own = payload;
  return true;
}

/// Replaces a near miss, whose verdict is unknown, by a listed payload, if the violation remains.
void replace_near_miss(BatchCase& batch, std::size_t index, std::string& own, const PayloadChoices& choices,
                       const StillBreaks& still_breaks) {
  const auto becomes = [&](const std::vector<std::string>& payloads, Verdict verdict) {
    return !payloads.empty() && replaces_payload(batch, index, own, payloads.front(), still_breaks, verdict);
  };
  if (!becomes(choices.accepted, Verdict::accepted)) becomes(choices.rejected, Verdict::rejected);
}

}  // namespace

CaseRecord plain_like(const CaseRecord& record, fixtures::Source source,
                      const fixtures::PlainRecord& fields) {
  CaseRecord plain = fixtures::info_of(source).plain_record(fields);
  plain.rejected = record.rejected;
  plain.verdict_unknown = record.verdict_unknown;
  return plain;
}

std::string leave_out_parts(std::string text, const BytesStillBreak& still_breaks) {
  std::size_t done = 0;
  while (true) {
    const auto parts = parts_of(text);
    const auto next = std::find_if(parts.begin(), parts.end(),
                                   [done](const fixtures::JsonSpan& part) { return part.begin >= done; });
    if (next == parts.end()) return text;
    std::string candidate = std::string(text).erase(next->begin, next->end - next->begin);
    if (still_breaks(candidate)) {
      text = std::move(candidate);
    } else {
      done = next->begin + 1;
    }
  }
}

std::string shrink_towards(const std::string& json, const std::string& plain, bool texts_shrink,
                           const BytesStillBreak& still_breaks) {
  const ordered_json target = parsed(plain);
  const ordered_json document = parsed(json);
  if (document.is_discarded() || document == target) return json;
  std::string smallest = json;
  const BytesStillBreak keeps = [&](const std::string& smaller) {
    if (!still_breaks(smaller)) return false;
    smallest = smaller;
    return true;
  };
  ValueShrink shrinking(document, texts_shrink, keeps);
  shrinking.towards(shrinking.document(), target);
  return smallest;
}

std::optional<CaseRecord> with_payload(const CaseRecord& record, const std::string& from,
                                       const std::string& to, const PlainOfPayload& plain) {
  const CaseRecord plain_before = plain(from);
  CaseRecord changed = plain(to);
  if (record.json != plain_before.json) {
    try {
      const auto change =
          nlohmann::json::diff(fixtures::parse_json(plain_before.json), fixtures::parse_json(changed.json));
      changed.json = fixtures::to_text(fixtures::parse_ordered_json(record.json).patch(change));
    } catch (const nlohmann::json::exception&) {
      return std::nullopt;
    }
    changed.fields.clear();
  }
  return changed;
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

PayloadChoices choices_of(const Payloads& payloads, std::uint64_t seed) {
  return {.accepted = simplest_first(payloads.accepted, seed),
          .rejected = simplest_first(payloads.rejected, seed),
          .classify = payloads.classify};
}

BatchCase shrink_payloads(BatchCase batch, const PayloadChoices& choices, const StillBreaks& still_breaks) {
  const auto payloads = fixtures::payloads_in(batch);
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    if (!payloads[index]) continue;
    const auto plainest = plain_around(batch, index, {}, batch.records[index].message_group_id);
    if (choices.any && batch.records[index].json == plainest.json) continue;
    std::string own = *payloads[index];
    const auto becomes = [&](const std::string& payload) {
      return replaces_payload(batch, index, own, payload, still_breaks);
    };
    if (batch.records[index].verdict_unknown && !choices.any)
      replace_near_miss(batch, index, own, choices, still_breaks);
    const bool is_unknown = batch.records[index].verdict_unknown;
    const Verdict must_be = batch.records[index].rejected ? Verdict::rejected : Verdict::accepted;
    if (!is_unknown && !choices.any) {
      for (const std::string& other : must_be == Verdict::rejected ? choices.rejected : choices.accepted) {
        if (!is_simpler(other, own) || becomes(other)) break;
      }
    }
    const bool is_free = choices.any || (is_unknown && choices.unknown_verdicts_may_change);
    if (is_free || choices.classify) {
      with_less(own, [&](const std::string& smaller) {
        return (is_free || choices.classify(smaller) == must_be) && becomes(smaller);
      });
    }
  }
  return batch;
}

}  // namespace batchproof::properties
