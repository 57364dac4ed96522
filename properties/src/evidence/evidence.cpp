#include <algorithm>
#include <batchproof/properties/evidence.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <string_view>

#include "readable_records.hpp"
#include "record_finder.hpp"
#include "text.hpp"

namespace batchproof::properties {
namespace {

/// The first record with the identifier that has had no call, or else the last one with it.
std::optional<std::size_t> record_of(std::string_view item_identifier, const RecordFinder& finder,
                                     const HandledRecords& handled) {
  std::optional<std::size_t> bearer;
  for (auto twin = finder.first(item_identifier); twin; twin = finder.next(*twin)) {
    bearer = twin;
    if (handled.calls_of_record[*twin] == 0) break;
  }
  return bearer;
}

HandledRecords handled_records(const fixtures::BatchCase& batch_case, const Observation& run) {
  const std::size_t size = batch_case.records.size();
  HandledRecords handled;
  handled.record_of_call.reserve(run.calls.size());
  handled.calls_of_record.resize(size);
  handled.done.resize(size);
  std::optional<RecordFinder> finder;
  std::size_t first_without_call = 0;  // in batch order it is the next one called
  for (const auto& call : run.calls) {
    while (first_without_call < size && handled.calls_of_record[first_without_call] > 0) ++first_without_call;
    std::optional<std::size_t> index;
    if (first_without_call < size &&
        batch_case.records[first_without_call].item_identifier == call.item_identifier) {
      index = first_without_call;
    } else {
      if (!finder) finder.emplace(batch_case);
      index = record_of(call.item_identifier, *finder, handled);
    }
    handled.record_of_call.push_back(index);
    if (!index) continue;
    ++handled.calls_of_record[*index];
    handled.done[*index] = !call.threw;
  }
  return handled;
}

bool is_lower_text(std::string_view left, std::string_view right) noexcept { return left < right; }

}  // namespace

const ServiceView& Evidence::view() const {
  if (!view_) view_ = read_as_service(run, batch_case);
  return *view_;
}

const HandledRecords& Evidence::handled() const {
  if (!handled_) handled_ = handled_records(batch_case, run);
  return *handled_;
}

const std::vector<ExpectedOutcome>& Evidence::expected() const {
  if (!expected_) {
    const bool follows_calls = keeps_order_by_key(batch_case.source, claims);
    expected_ = expected_outcomes(batch_case, claims, run.time_limit,
                                  follows_calls ? &handled().calls_of_record : nullptr);
  }
  return *expected_;
}

const std::vector<std::size_t>& Evidence::orders() const {
  if (!orders_) orders_ = handling_orders(batch_case, claims);
  return *orders_;
}

const std::optional<ReadableRecords>& Evidence::readable() const {
  if (!readable_)
    readable_ =
        std::make_shared<const std::optional<ReadableRecords>>(read_records(run.payload, batch_case.source));
  return *readable_;
}

bool Evidence::comes_again(std::size_t index) const {
  const std::string& identifier = batch_case.records[index].item_identifier;
  if (view().complete_failure || !fixtures::is_stream(batch_case.source)) return view().reports(identifier);
  if (!checkpoint_) checkpoint_ = view().checkpoint();
  return *checkpoint_ && !lower_sequence_number(identifier, **checkpoint_);
}

std::vector<bool> Evidence::due_again(const std::vector<bool>& not_done) const {
  const auto& records = batch_case.records;
  std::vector<std::string_view> reported;
  for (std::size_t index = 0; index < records.size(); ++index) {
    if (not_done[index]) reported.emplace_back(records[index].item_identifier);
  }
  std::vector<bool> due_again(records.size());
  if (reported.empty()) return due_again;
  const bool is_stream = fixtures::is_stream(batch_case.source);
  std::sort(reported.begin(), reported.end(), is_stream ? lower_sequence_number : is_lower_text);
  for (std::size_t index = 0; index < records.size(); ++index) {
    const std::string& identifier = records[index].item_identifier;
    due_again[index] =
        is_stream ? !lower_sequence_number(identifier, reported.front())
                  : not_done[index] || std::binary_search(reported.begin(), reported.end(), identifier);
  }
  return due_again;
}

std::vector<bool> Evidence::due_again() const {
  std::vector<bool> not_done;
  for (const ExpectedOutcome outcome : expected()) not_done.push_back(outcome != ExpectedOutcome::succeeds);
  return due_again(not_done);
}

bool Evidence::answers_or_may_throw() const {
  const auto& outcomes = expected();
  return run.response ||
         (claims.raise_on_entire_batch_failure &&
          std::find(outcomes.begin(), outcomes.end(), ExpectedOutcome::succeeds) == outcomes.end());
}

bool Evidence::is_accounted_for(std::size_t index) const {
  return handled().done[index] || comes_again(index);
}

std::string Evidence::name_record(std::size_t index) const {
  return "record " + std::to_string(index) + " (" + quote_bytes(batch_case.records[index].item_identifier) +
         ")";
}

}  // namespace batchproof::properties
