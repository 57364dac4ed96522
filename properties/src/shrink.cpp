#include <algorithm>
#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/properties/shrink.hpp>
#include <cstddef>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;

/// Delta debugging: leaves out chunks of half the size, a quarter, ... one element, as long as it still
/// breaks.
template <class Whole, class LeaveOut, class Size>
Whole leave_out_chunks(Whole whole, const LeaveOut& leave_out, const Size& size,
                       const std::function<bool(const Whole&)>& still_breaks) {
  std::size_t chunk = std::max<std::size_t>(size(whole), 1);
  while (true) {
    bool smaller = false;
    for (std::size_t begin = 0; begin < size(whole);) {
      Whole candidate = leave_out(whole, begin, std::min(chunk, size(whole) - begin));
      if (still_breaks(candidate)) {
        whole = std::move(candidate);
        smaller = true;
      } else {
        begin += chunk;
      }
    }
    if (chunk == 1 && !smaller) return whole;
    chunk = chunk == 1 ? 1 : chunk / 2;
  }
}

BatchCase leave_out_records(const BatchCase& batch_case, const StillBreaks& still_breaks) {
  const auto leave_out = [](const BatchCase& whole, std::size_t begin, std::size_t count) {
    BatchCase smaller = whole;
    const auto first = smaller.records.begin() + static_cast<std::ptrdiff_t>(begin);
    smaller.records.erase(first, first + static_cast<std::ptrdiff_t>(count));
    return smaller;
  };
  const auto size = [](const BatchCase& whole) { return whole.records.size(); };
  return leave_out_chunks<BatchCase>(batch_case, leave_out, size, still_breaks);
}

CaseRecord plain_sqs_record(const CaseRecord& record, std::size_t index, bool fifo) {
  fixtures::SqsMessage message{.message_id = "m" + std::to_string(index),
                               .message_group_id = record.message_group_id};
  if (fifo) message.event_source_arn += ".fifo";
  return fixtures::to_case_record(message);
}

/// The least that AWS would send in place of this record. Sequence numbers stay, since it is their order that
/// counts.
CaseRecord plain_record(const CaseRecord& record, std::size_t index, fixtures::Source source) {
  CaseRecord plain;
  switch (source) {
    case fixtures::Source::sqs:
    case fixtures::Source::sqs_fifo:
      plain = plain_sqs_record(record, index, source == fixtures::Source::sqs_fifo);
      break;
    case fixtures::Source::kinesis:
      plain = fixtures::to_case_record(fixtures::KinesisMessage{.sequence_number = record.item_identifier});
      break;
    case fixtures::Source::dynamodb:
      plain = fixtures::to_case_record(fixtures::DynamoDbChange{.sequence_number = record.item_identifier});
      break;
  }
  plain.rejected = record.rejected;
  return plain;
}

/// Makes records plain: all at once where that will do, else each that can be.
BatchCase make_plain(BatchCase batch_case, const StillBreaks& still_breaks) {
  BatchCase all_plain = batch_case;
  for (std::size_t index = 0; index < all_plain.records.size(); ++index) {
    all_plain.records[index] = plain_record(all_plain.records[index], index, all_plain.source);
  }
  if (still_breaks(all_plain)) return all_plain;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    CaseRecord original = std::exchange(batch_case.records[index],
                                        plain_record(batch_case.records[index], index, batch_case.source));
    if (!still_breaks(batch_case)) batch_case.records[index] = std::move(original);
  }
  return batch_case;
}

/// Accepts each rejected record that need not be rejected. True when there was one.
bool accept_records(BatchCase& batch_case, const StillBreaks& still_breaks) {
  bool simpler = false;
  for (CaseRecord& record : batch_case.records) {
    if (!record.rejected) continue;
    record.rejected = false;
    record.rejected = !still_breaks(batch_case);
    simpler |= !record.rejected;
  }
  return simpler;
}

/// Takes brackets out of both sides of the first "[[[...]]]": leaving out a chunk of one side unbalances it.
std::string make_shallow(std::string bytes, const std::function<bool(const std::string&)>& still_breaks) {
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

BatchCase shrink(BatchCase batch_case, const StillBreaks& still_breaks, Simplify simplify) {
  if (!still_breaks(batch_case)) return batch_case;
  batch_case = leave_out_records(batch_case, still_breaks);
  if (simplify == Simplify::records_only) return batch_case;
  while (accept_records(batch_case, still_breaks)) batch_case = leave_out_records(batch_case, still_breaks);
  return make_plain(std::move(batch_case), still_breaks);
}

std::string shrink_bytes(std::string bytes, const std::function<bool(const std::string&)>& still_breaks,
                         int most_tries) {
  const auto leave_out = [](const std::string& whole, std::size_t begin, std::size_t count) {
    return std::string(whole).erase(begin, count);
  };
  int tries = 0;
  const std::function<bool(const std::string&)> while_allowed = [&](const std::string& smaller) {
    return tries++ < most_tries && still_breaks(smaller);
  };
  return leave_out_chunks<std::string>(
      make_shallow(std::move(bytes), while_allowed), leave_out,
      [](const std::string& whole) { return whole.size(); }, while_allowed);
}

}  // namespace batchproof::properties
