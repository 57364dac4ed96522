// Draws small batches of accepted payloads and their near misses.

#include <algorithm>
#include <array>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/deletions.hpp>
#include <batchproof/generators/near_misses.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "numbered_draws.hpp"
#include "random_cases.hpp"

namespace batchproof::properties {
namespace {

/// The record that deletes what this one wrote: an item is removed, by a user or since its time to live is
/// over, and a Kafka record has no value.
fixtures::CaseRecord deletion_of(fixtures::Source source, fixtures::CaseRecord record,
                                 bool in_the_other_form) {
  if (source == fixtures::Source::kafka) {
    using generators::MissingValue;
    return generators::tombstone_of(std::move(record),
                                    in_the_other_form ? MissingValue::left_out : MissingValue::null);
  }
  using generators::Removed;
  return generators::removal_of(std::move(record),
                                in_the_other_form ? Removed::by_time_to_live : Removed::by_a_user);
}

/// Makes a deletion of one of the accepted records, from this place on, if there is one: an item that is
/// removed was accepted before.
void delete_one(fixtures::BatchCase& batch, std::size_t place, bool in_the_other_form) {
  for (std::size_t step = 0; step < batch.records.size(); ++step) {
    fixtures::CaseRecord& record = batch.records[(place + step) % batch.records.size()];
    if (record.rejected) continue;
    record = deletion_of(batch.source, std::move(record), in_the_other_form);
    record.verdict_unknown = true;
    return;
  }
}

/// Each near miss in turn, three in a batch; of a stream of changes and of Kafka each fifth batch has a
/// deletion.
class NearMissCases {
 public:
  NearMissCases(fixtures::Source source, const Payloads& payloads, std::size_t largest_batch,
                std::uint64_t seed)
      : source_(source),
        payloads_(payloads),
        misses_(fixtures::info_of(source).payload_kind, payloads.accepted.examples(seed)),
        largest_batch_(largest_batch),
        seed_(seed) {
    const bool is_item = fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item;
    has_deletions_ =
        payloads.removals && !payloads.classify && (source == fixtures::Source::kafka || is_item);
    can_be_told_apart_ = !is_item && !payloads.rejected.empty();
    if (misses_.count() == 0) return;
    step_ = seed % misses_.count() + 1;
    while (std::gcd(step_, misses_.count()) != 1) ++step_;
  }

  bool empty() const noexcept { return misses_.count() == 0; }

  std::optional<Case> operator()(std::size_t number) const {
    constexpr std::size_t cases_for_each_deletion = 5;  // so that each mode, in its turn, gets some
    if (!has_deletions_) return case_of_misses(number, number);
    const std::size_t deletions = number / cases_for_each_deletion;
    if (number % cases_for_each_deletion == 0) return case_of_deletion(number, deletions);
    return case_of_misses(number, number - deletions - 1);
  }

 private:
  std::optional<fixtures::BatchCase> draw_from(const fixtures::PayloadList& accepted,
                                               const fixtures::PayloadList& rejected,
                                               std::size_t number) const {
    return draw(generators::payload_case(source_, accepted, rejected,
                                         {.largest_batch = largest_batch_,
                                          .smallest_batch = std::min<std::size_t>(4, largest_batch_),
                                          .with_fields = false,
                                          .failure_rate = 0.6}),
                seed_, Stream::near_misses, number);
  }

  /// Among rejected payloads too: a handler may take a deletion for the record before.
  std::optional<Case> case_of_deletion(std::size_t number, std::size_t nth) const {
    auto batch = draw_from(payloads_.accepted, payloads_.rejected, number);
    if (batch) delete_one(*batch, nth, nth / batch->records.size() % 2 == 1);
    return as_case(std::move(batch));
  }

  std::array<std::string, 3> misses_of(std::size_t nth) const {
    std::array<std::string, 3> texts;
    for (std::size_t each = 0; each < texts.size(); ++each)
      texts[each] = misses_.text((nth * texts.size() + each) * step_ % misses_.count());
    return texts;
  }

  std::optional<Case> case_of_misses(std::size_t number, std::size_t nth) const {
    fixtures::PayloadList accepted = payloads_.accepted;
    fixtures::PayloadList rejected;
    const auto misses = misses_of(nth);
    for (const std::string& miss : misses) {
      const bool is_accepted = payloads_.classify && payloads_.classify(miss) == Verdict::accepted;
      (is_accepted ? accepted : rejected).push_back(miss);
    }
    // Every other time rejected payloads may come too: a handler may take from them what is missing.
    const bool beside_rejected = can_be_told_apart_ && nth % 2 == 1;
    if (beside_rejected) rejected.push_back(payloads_.rejected[nth / 2 % payloads_.rejected.size()]);
    auto batch = draw_from(accepted, rejected, number);
    if (batch && !payloads_.classify) forget_verdicts(*batch, misses, beside_rejected);
    return as_case(std::move(batch));
  }

  /// Of the near misses, but not of a rejected payload beside them.
  static void forget_verdicts(fixtures::BatchCase& batch, const std::array<std::string, 3>& misses,
                              bool beside_rejected) {
    const auto drawn = fixtures::payloads_in(batch);
    for (std::size_t index = 0; index < drawn.size(); ++index) {
      fixtures::CaseRecord& record = batch.records[index];
      const bool is_listed = beside_rejected && drawn[index] &&
                             std::find(misses.begin(), misses.end(), *drawn[index]) == misses.end();
      if (record.rejected && !is_listed) record.verdict_unknown = std::exchange(record.rejected, false);
    }
  }

  fixtures::Source source_;
  Payloads payloads_;
  generators::NearMisses misses_;
  std::size_t largest_batch_;
  std::uint64_t seed_;
  bool has_deletions_ = false;
  bool can_be_told_apart_ = false;  // from rejected payloads, by their texts, which an item may not keep
  std::size_t step_ = 1;            // from one near miss to the next; repeated, it reaches each of them
};

}  // namespace

DrawCase draw_near_misses(fixtures::Source source, const Payloads& payloads,
                          std::optional<std::size_t> largest_batch, std::uint64_t seed) {
  if (!payloads.near_misses || largest_batch == 0U) return {};
  constexpr std::size_t most_records = 6;
  auto cases = std::make_shared<const NearMissCases>(
      source, payloads, std::min(most_records, largest_batch.value_or(most_records)), seed);
  if (cases->empty()) return {};
  return [cases = std::move(cases)](std::size_t number) { return (*cases)(number); };
}

}  // namespace batchproof::properties
