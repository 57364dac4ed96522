#include "shrink_payloads.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/item.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "shrink_fields.hpp"
#include "shrink_steps.hpp"
#include "shrink_values.hpp"

namespace batchproof::properties {

using fixtures::BatchCase;
using fixtures::CaseRecord;

namespace {

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

/// The payload of a JSON object with fewer members, then smaller values; any other payload with fewer bytes.
std::string with_less(const std::string& payload, const BytesStillBreak& still_breaks) {
  if (!fixtures::parse_ordered_json_or_discard(payload).is_object())
    return shrink_bytes(payload, still_breaks, 200);
  const std::string fewer = leave_out_parts(payload, still_breaks);
  return shrink_towards(fewer, "{}", true, still_breaks);
}

/// The record with another payload, and with the fields that depend on it, such as a checksum. Nothing when
/// the record does not hold its payload as a plain one does.
std::optional<CaseRecord> with_payload(const BatchCase& batch, std::size_t index, const std::string& from,
                                       const std::string& to) {
  const CaseRecord& record = batch.records[index];
  const auto plain = [&](const std::string& payload) {
    return plain_around(batch, index, payload, record.message_group_id);
  };
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

/// Replaces the payload `own` of a record, whose verdict becomes that of a listed payload, if the violation
/// remains. Returns true when it did.
bool replaces_payload(BatchCase& batch, std::size_t index, std::string& own, const std::string& payload,
                      const StillBreaks& still_breaks, std::optional<Verdict> listed = {}) {
  if (!fits(fixtures::info_of(batch.source).payload_kind, payload)) return false;
  auto changed = with_payload(batch, index, own, payload);
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
