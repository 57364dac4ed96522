#include "batch_plan.hpp"

#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <map>
#include <stdexcept>
#include <utility>

#include "failure_pattern.hpp"
#include "sequence_numbers.hpp"

namespace batchproof::generators {
namespace {

std::size_t draw_size(Draws& draws, std::size_t largest_batch) {
  const std::size_t small = std::min<std::size_t>(3, largest_batch);
  switch (draws.below(8)) {
    case 0:
      return std::min(draws.below(2), largest_batch);
    case 1:
    case 2:
      return draws.between(std::min<std::size_t>(1, small), small);
    case 3:
      return largest_batch;
    default:
      return draws.between(0, largest_batch);
  }
}

/// Mostly draws few groups, since the laws of groups need records that share one. Where there are many, each
/// record often has one of its own, as where a group is an order.
void draw_groups(Draws& draws, bool always, std::vector<RecordPlan>& records) {
  constexpr std::size_t few_groups = 5;
  const bool few = !draws.one_in(4);
  const std::size_t most = few ? few_groups : std::max(few_groups, records.size());
  const std::size_t fewest = draws.between(1, few_groups);  // apart: compilers choose an order of arguments
  const std::size_t group_count = std::max(draws.between(1, most), fewest);
  const bool all_in_groups = !draws.one_in(3) || always;
  const bool one_each = !few && group_count > most / 2;
  for (std::size_t index = 0; index < records.size(); ++index) {
    const std::size_t group = one_each ? index : draws.below(group_count);
    if (all_in_groups || !draws.one_in(4)) records[index].group = group;
  }
}

/// Numbers the groups from the first failure on, so that the failing one is 0, whose name the next four are
/// near to: then near names show whether one group stops another. A failing number 1 stays, for the other
/// direction.
void number_groups_from_the_failure(std::vector<RecordPlan>& records) {
  const auto failure = std::find_if(records.begin(), records.end(),
                                    [](const RecordPlan& record) { return record.rejected && record.group; });
  if (failure == records.end() || *failure->group < 2) return;
  std::map<std::size_t, std::size_t> numbers;
  const auto number = [&numbers](RecordPlan& record) {
    if (record.group) record.group = numbers.try_emplace(*record.group, numbers.size()).first->second;
  };
  std::for_each(failure, records.end(), number);
  std::for_each(records.begin(), failure, number);
}

template <class Value>
void shuffle(Draws& draws, std::vector<Value>& values) {
  for (std::size_t count = values.size(); count > 1; --count) {
    std::swap(values[count - 1], values[draws.below(count)]);
  }
}

/// Long enough to be unique to one record, and no longer than observed numbers.
fixtures::Digits digits_of(fixtures::Digits sent, const BatchOptions& options) {
  constexpr fixtures::Digits seen{.fewest = 21, .most = 60};
  if (options.hostile) return {.fewest = 1, .most = seen.most};
  return {std::max(sent.fewest, seen.fewest), std::min(sent.most, seen.most)};
}

/// The records of a queue or of Kafka have none.
void draw_sequence_numbers_of(Draws& draws, fixtures::Source source, const BatchOptions& options,
                              std::vector<RecordPlan>& records) {
  const fixtures::Digits sent = fixtures::info_of(source).sequence_number_digits;
  if (sent.most == 0) return;
  std::vector<std::string> numbers =
      draw_sequence_numbers(draws, records.size(), digits_of(sent, options), options.hostile);
  if (options.shuffled_sequence_numbers) shuffle(draws, numbers);
  for (std::size_t index = 0; index < records.size(); ++index)
    records[index].sequence_number = std::move(numbers[index]);
}

void draw_identifiers(Draws& draws, fixtures::Source source, const BatchOptions& options,
                      std::vector<RecordPlan>& records) {
  draw_sequence_numbers_of(draws, source, options, records);
  const bool repeats = options.repeated_identifiers && !draws.one_in(4);
  for (std::size_t index = 0; index < records.size(); ++index) {
    RecordPlan& record = records[index];
    record.number = index;
    if (!repeats || index == 0 || !draws.one_in(3)) continue;
    const RecordPlan& twin = records[draws.below(index)];
    record.number = twin.number;
    record.sequence_number = twin.sequence_number;
  }
}

void draw_largest_payload(Draws& draws, const BatchOptions& options, std::vector<RecordPlan>& records) {
  if (options.largest_payload_size_bytes <= BatchOptions{}.largest_payload_size_bytes) return;
  if (records.empty()) return;
  records[draws.below(records.size())].largest_payload = true;
}

}  // namespace

std::size_t largest_batch_of(fixtures::Source source, const BatchOptions& options) {
  constexpr std::size_t usual = 12;
  const std::size_t default_largest = std::min(usual, fixtures::info_of(source).largest_batch);
  return options.largest_batch.value_or(std::max(default_largest, options.smallest_batch));
}

void refuse_impossible(fixtures::Source source, const BatchOptions& options) {
  if (options.smallest_batch > largest_batch_of(source, options))
    throw std::invalid_argument("smallest_batch is above largest_batch");
  if (options.failure_rate && !(*options.failure_rate >= 0 && *options.failure_rate <= 1))
    throw std::invalid_argument("failure_rate is not from 0 to 1");
  if (options.failure_rate && options.failure_pattern)
    throw std::invalid_argument("failure_pattern and failure_rate exclude each other");
}

std::vector<RecordPlan> draw_batch_plan(Draws& draws, fixtures::Source source, const BatchOptions& options) {
  std::vector<RecordPlan> records(
      std::max(options.smallest_batch, draw_size(draws, largest_batch_of(source, options))));
  const bool has_groups = fixtures::is_fifo_queue(source);
  draw_groups(draws, has_groups && !options.hostile, records);
  draw_identifiers(draws, source, options, records);
  draw_largest_payload(draws, options, records);
  draw_failure_pattern(draws, options, records);
  number_groups_from_the_failure(records);
  return records;
}

}  // namespace batchproof::generators
