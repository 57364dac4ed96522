#include <algorithm>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/shrink.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "shrink_fields.hpp"
#include "shrink_steps.hpp"
#include "shrink_values.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;

BatchCase leave_out_records(BatchCase batch_case, const StillBreaks& still_breaks) {
  using Records = std::vector<CaseRecord>;
  BatchCase smaller = batch_case;
  batch_case.records = leave_out_chunks<Records>(batch_case.records, [&](const Records& records) {
    smaller.records = records;
    return still_breaks(smaller);
  });
  return batch_case;
}

/// Leaves out two records at a time, for violations that depend on whether a position is even.
BatchCase leave_out_pairs(BatchCase batch_case, const StillBreaks& still_breaks) {
  constexpr std::size_t few = 8;
  if (batch_case.records.size() > few) return batch_case;
  for (std::size_t later = 1; later < batch_case.records.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      BatchCase smaller = batch_case;
      smaller.records.erase(smaller.records.begin() + static_cast<std::ptrdiff_t>(later));
      smaller.records.erase(smaller.records.begin() + static_cast<std::ptrdiff_t>(earlier));
      if (still_breaks(smaller)) return leave_out_pairs(std::move(smaller), still_breaks);
    }
  }
  return batch_case;
}

using Names = fixtures::PlainRecord;  // without a payload: a short one

Names own_names(const BatchCase& batch_case, std::size_t index) {
  const CaseRecord& record = batch_case.records[index];
  return {.identifier = record.item_identifier, .place = index, .group = record.message_group_id};
}

/// Gives equal texts of a batch, which must outlive it, the same short name, so that equal identifiers and
/// groups stay equal.
class ShortNames {
 public:
  explicit ShortNames(const BatchCase& batch_case) : case_(batch_case) {
    for (std::size_t index = 0; index < case_.records.size(); ++index) {
      const CaseRecord& record = case_.records[index];
      first_.try_emplace(record.item_identifier, index);
      if (record.message_group_id) groups_.try_emplace(*record.message_group_id, groups_.size());
    }
  }

  /// Sequence numbers and offsets stay here, since their order matters.
  Names short_ones(std::size_t index) const {
    Names names = own_names(case_, index);
    if (names.group) {
      const std::string number = std::to_string(groups_.at(*names.group));
      names.group = "group-" + number;
      if (case_.source == fixtures::Source::kafka) {
        const std::int64_t offset = fixtures::kafka_offset(names.identifier);
        return {.identifier = fixtures::kafka_identifier("orders-" + number, offset), .place = index};
      }
    }
    if (!fixtures::is_stream(case_.source))
      names.identifier = fixtures::plain_identifier(case_.source, first_.at(names.identifier));
    return names;
  }

  /// One group for all on a FIFO queue, none elsewhere; sequence numbers count from 1.
  Names shortest_ones(std::size_t index) const {
    Names names = short_ones(index);
    names.group.reset();
    if (fixtures::is_fifo_queue(case_.source)) names.group = "group-0";
    if (fixtures::has_shards(case_.source))
      names.identifier = fixtures::plain_identifier(case_.source, index);
    return names;
  }

 private:
  const BatchCase& case_;
  std::unordered_map<std::string_view, std::size_t> first_{};   // the first place of each identifier
  std::unordered_map<std::string_view, std::size_t> groups_{};  // numbered in the order of the batch
};

using Naming = Names (ShortNames::*)(std::size_t index) const;

BatchCase all_plain(const BatchCase& batch_case, Naming naming) {
  const ShortNames names(batch_case);
  BatchCase plain = batch_case;
  for (std::size_t index = 0; index < plain.records.size(); ++index) {
    plain.records[index] = plain_like(batch_case.records[index], batch_case.source, (names.*naming)(index));
  }
  return plain;
}

/// Replaces the record if the violation remains. Returns true when it did.
bool make_record_plain(BatchCase& batch_case, std::size_t index, const Names& names,
                       const StillBreaks& still_breaks) {
  CaseRecord& record = batch_case.records[index];
  return replaces(record, plain_like(record, batch_case.source, names),
                  [&] { return still_breaks(batch_case); });
}

/// Moves each plain record, if possible, into one message group, or out of all groups. The group of a record
/// of Kafka is its partition, which its identifier holds.
BatchCase join_groups(BatchCase batch_case, const StillBreaks& still_breaks) {
  if (batch_case.source == fixtures::Source::kafka) return batch_case;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    Names names = own_names(batch_case, index);
    const auto joined = ShortNames(batch_case).shortest_ones(index).group;
    if (names.group == joined) continue;
    names.group = joined;
    make_record_plain(batch_case, index, names, still_breaks);
  }
  return batch_case;
}

/// Makes records plain: all at once if possible, else each one that can be. Partitions of Kafka are renamed
/// together or not at all, so that they stay apart.
BatchCase make_plain(BatchCase batch_case, const StillBreaks& still_breaks) {
  BatchCase plainest = all_plain(batch_case, &ShortNames::shortest_ones);
  if (still_breaks(plainest)) return plainest;
  BatchCase plain = all_plain(batch_case, &ShortNames::short_ones);
  if (still_breaks(plain)) return join_groups(std::move(plain), still_breaks);
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const Names names = own_names(batch_case, index);
    Names with_short_identifier = names;
    with_short_identifier.identifier = ShortNames(batch_case).short_ones(index).identifier;
    const bool may_be_short = batch_case.source != fixtures::Source::kafka;
    if (!may_be_short || !make_record_plain(batch_case, index, with_short_identifier, still_breaks))
      make_record_plain(batch_case, index, names, still_breaks);
  }
  return batch_case;
}

/// Accepts rejected records that need not be rejected: all of them, half, a quarter, ... each one. Returns
/// true when there was one.
bool accept_records(BatchCase& batch_case, const StillBreaks& still_breaks) {
  using Places = std::vector<std::size_t>;
  Places rejected;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (batch_case.records[index].rejected) rejected.push_back(index);
  }
  const auto rejecting = [&](const Places& places) {
    BatchCase simpler = batch_case;
    for (CaseRecord& record : simpler.records) record.rejected = false;
    for (const std::size_t place : places) simpler.records[place].rejected = true;
    return simpler;
  };
  const Places needed = leave_out_chunks<Places>(
      rejected, [&](const Places& places) { return still_breaks(rejecting(places)); });
  if (needed.size() == rejected.size()) return false;
  batch_case = rejecting(needed);
  return true;
}

/// A step of shrinking, within the time.
template <class Step>
BatchCase within(std::chrono::milliseconds time_limit, const BatchCase& batch_case,
                 const StillBreaks& still_breaks, const Step& step) {
  const auto deadline = std::chrono::steady_clock::now() + time_limit;
  const auto is_over = [=] { return std::chrono::steady_clock::now() >= deadline; };
  return until_over(is_over, batch_case, still_breaks, step);
}

/// Removes brackets from both sides of the first "[[[...]]]": leaving out a chunk of one side would unbalance
/// it.
std::string make_shallow(std::string bytes, const BytesStillBreak& still_breaks) {
  const auto innermost = bytes.find("[]");
  if (innermost == std::string::npos) return bytes;
  const auto outermost = bytes.find_last_not_of('[', innermost) + 1;
  const auto end = std::min(bytes.find_first_not_of(']', innermost + 1), bytes.size());
  std::size_t depth = std::min(innermost + 1 - outermost, end - innermost - 1);
  for (std::size_t chunk = depth / 2; chunk > 0; chunk = std::min(chunk, depth) / 2) {
    std::string candidate = bytes;
    candidate.erase(bytes.find("[]") + 1 - chunk, 2 * chunk);
    if (!still_breaks(candidate)) continue;
    bytes = std::move(candidate);
    depth -= chunk;
    chunk = depth;
  }
  return bytes;
}

}  // namespace

BatchCase shrink(BatchCase batch_case, const StillBreaks& still_breaks, Simplify simplify,
                 std::chrono::milliseconds time_limit) {
  if (!still_breaks(batch_case)) return batch_case;
  const auto leave_out = [](const BatchCase& whole, const StillBreaks& breaks) {
    return leave_out_pairs(leave_out_records(whole, breaks), breaks);
  };
  batch_case = within(time_limit, batch_case, still_breaks, leave_out);
  if (simplify != Simplify::everything) return batch_case;
  const auto accept = [](BatchCase simpler, const StillBreaks& breaks) {
    while (accept_records(simpler, breaks)) simpler = leave_out_records(simpler, breaks);
    return simpler;
  };
  batch_case = within(time_limit, batch_case, still_breaks, accept);
  const StillBreaks as_sent = no_more_hostile(batch_case, still_breaks);
  return plain_event(within(time_limit, batch_case, as_sent, make_plain), as_sent);
}

std::string shrink_bytes(std::string bytes, const std::function<bool(const std::string&)>& still_breaks,
                         int most_tries) {
  int tries = 0;
  const BytesStillBreak while_allowed = [&](const std::string& smaller) {
    return tries++ < most_tries && still_breaks(smaller);
  };
  bytes = leave_out_parts(make_shallow(std::move(bytes), while_allowed), while_allowed);
  bytes = leave_out_chunks<std::string>(std::move(bytes), while_allowed);
  return leave_out_parts(std::move(bytes), while_allowed);
}

}  // namespace batchproof::properties
