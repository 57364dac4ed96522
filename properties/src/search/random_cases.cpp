// Draws random cases by number: the same seed and number give the same case in every run.

#include "random_cases.hpp"

#include <algorithm>
#include <array>
#include <batchproof/fixtures/foreign_events.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <batchproof/generators/hostile_case.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "../evidence/readable_records.hpp"
#include "numbered_draws.hpp"

namespace batchproof::properties {
namespace {

// Sizes at which a careless processor may behave differently: 10 messages a request, the bits of a word, the
// elements of a stack array. Each kind has its own places among the numbers of cases, so that few cases have
// each size, and all of them together cost little.
constexpr std::array<std::size_t, 8> hundreds{101, 65, 129, 33, 101, 128, 65, 64};
constexpr std::array<std::size_t, 8> dozens{13, 32, 20, 17, 14, 33, 26, 16};
constexpr std::array<std::size_t, 5> payload_sizes{33'000, 66'000, 270'000, 66'000, 33'000};

constexpr std::size_t a_thousand = 212;          // the number of a batch of 1,000 records
constexpr std::size_t all_but_one_of_257 = 762;  // of one with 256 failures

constexpr std::size_t usual_records = 12;

/// True for the first thousand numbers of each ten thousand, so that most cases of a long run are small.
bool may_be_large(std::size_t number) { return number / 1'000 % 10 == 0; }

/// The number of records in the batch of this number; 0: the usual.
std::size_t records_of(std::size_t number, std::size_t largest) {
  constexpr std::size_t turn = 25;
  std::size_t records = 0;
  if (number % turn == 12) records = hundreds[number / turn % hundreds.size()];
  if (number % turn == 21) records = dozens[number / turn % dozens.size()];
  if (number % 1000 == 62 || number % 1000 == all_but_one_of_257) records = 257;
  if (number % 1000 == a_thousand) records = 1'000;
  if (number % 1000 == 500) records = 10'000;
  return largest <= usual_records || !may_be_large(number) ? 0 : std::min(records, largest);
}

/// The size of one payload in the batch of this number; 0: the usual.
std::size_t payload_size_of(std::size_t number, std::size_t largest) {
  constexpr std::size_t turn = 40;
  if (!may_be_large(number)) return 0;
  if (number % 1000 == 990) return largest;
  return number % turn == 31 ? std::min(payload_sizes[number / turn % payload_sizes.size()], largest) : 0;
}

using Generate = std::function<rc::Gen<fixtures::BatchCase>(const generators::BatchOptions& options)>;

/// The generator for each number. Most numbers have equal options, and share one generator.
class BatchesByNumber {
 public:
  BatchesByNumber(fixtures::Source source, std::optional<std::size_t> largest_batch,
                  generators::BatchOptions options, Generate generate)
      : largest_batch_(std::min(largest_batch.value_or(fixtures::info_of(source).largest_batch),
                                fixtures::info_of(source).largest_batch)),
        largest_payload_(fixtures::info_of(source).largest_payload_size_bytes),
        options_(options),
        generate_(std::move(generate)),
        usual_(generate_(usual_options())) {}

  rc::Gen<fixtures::BatchCase> of(std::size_t number) const {
    generators::BatchOptions options = usual_options();
    const std::size_t records = records_of(number, largest_batch_);
    const std::size_t payload_size = payload_size_of(number, largest_payload_);
    if (records == 0 && payload_size == 0) return usual_;
    if (records > 0) options.largest_batch = options.smallest_batch = records;
    if (records == 1'000 && number % 1'000 == a_thousand)
      options.failure_pattern = generators::FailurePattern::scattered;  // more than 256 fail
    if (records == 257 && number % 1'000 == all_but_one_of_257)
      options.failure_pattern = generators::FailurePattern::all_but_one;
    options.with_fields = options_.with_fields && records < enough_for_fields;
    if (payload_size > 0) {
      options.smallest_batch = std::max<std::size_t>(options.smallest_batch, 1);
      options.largest_payload_size_bytes = payload_size;
    }
    return generate_(options);
  }

 private:
  generators::BatchOptions usual_options() const {
    generators::BatchOptions options = options_;
    options.largest_batch = std::min(largest_batch_, usual_records);
    return options;
  }

  static constexpr std::size_t enough_for_fields = 200;

  std::size_t largest_batch_;
  std::size_t largest_payload_;
  generators::BatchOptions options_;
  Generate generate_;
  rc::Gen<fixtures::BatchCase> usual_;
};

constexpr std::size_t largest_event_bytes = 6'291'456;  // "Lambda quotas", AWS Lambda developer guide

/// How many records with such payloads an event of Lambda holds, on average.
std::size_t records_of_an_event(const Payloads& payloads, std::uint64_t seed) {
  constexpr std::size_t bytes_beside_the_payload = 700;
  std::vector<std::string> examples = payloads.accepted.examples(seed);
  for (std::string& rejected : payloads.rejected.examples(seed)) examples.push_back(std::move(rejected));
  std::size_t bytes = 0;
  for (const std::string& example : examples) bytes += example.size() * 4 / 3;  // as base64
  const std::size_t average = bytes_beside_the_payload + bytes / std::max<std::size_t>(1, examples.size());
  return std::max<std::size_t>(1, largest_event_bytes / average);
}

/// Leaves out the records that an event of Lambda does not hold, but not the first.
void cut_to_an_event(fixtures::BatchCase& batch) {
  std::size_t bytes = 0;
  const auto too_much = std::find_if(batch.records.begin(), batch.records.end(), [&](const auto& record) {
    bytes += record.json.size() + 1;
    return bytes > largest_event_bytes && &record != batch.records.data();
  });
  batch.records.erase(too_much, batch.records.end());
}

}  // namespace

Case readable_case(std::string payload, fixtures::Source source, std::size_t number) {
  auto readable = std::make_shared<const std::optional<ReadableRecords>>(read_records(payload, source));
  fixtures::BatchCase batch = *readable ? (*readable)->identified : fixtures::BatchCase{};
  batch.source = source;
  for (std::size_t index = 0; index < batch.records.size(); ++index)
    batch.records[index].rejected = (number >> (index % 3) & 1U) != 0;
  Case one(std::move(batch), std::move(payload));
  one.readable = std::move(readable);
  return one;
}

DrawCase draw_batches(fixtures::Source source, std::optional<std::size_t> largest_batch, std::uint64_t seed,
                      bool hostile, bool odd_fields) {
  // A standard queue may deliver a message twice, but hardly ever in one batch.
  const bool has_twins = hostile && fixtures::is_standard_queue(source);
  const Generate generate = [source](const generators::BatchOptions& options) {
    return generators::batch_case(source, options);
  };
  const BatchesByNumber unique(source, largest_batch, {.hostile = hostile, .odd_fields = odd_fields},
                               generate);
  const BatchesByNumber repeated(source, largest_batch,
                                 {.hostile = hostile, .repeated_identifiers = true, .odd_fields = odd_fields},
                                 generate);
  return [=](std::size_t number) {
    const BatchesByNumber& batches = has_twins && number % 3 == 2 ? repeated : unique;
    return as_case(draw(batches.of(number), seed, Stream::batches, number));
  };
}

DrawCase draw_damaged_payloads(fixtures::Source source, std::uint64_t seed) {
  return [=, generator = generators::damaged_payload(source)](std::size_t number) -> std::optional<Case> {
    auto damaged = draw(generator, seed, Stream::damaged_payloads, number);
    if (!damaged) return std::nullopt;
    return readable_case(std::move(damaged->payload), source, number);
  };
}

DrawCase draw_foreign_events(fixtures::Source source) {
  return [source](std::size_t number) -> std::optional<Case> {
    const auto events = fixtures::foreign_events();
    if (number % 2 != 0 || number / 2 >= events.size()) return std::nullopt;
    return readable_case(events[number / 2].payload, source, 0);
  };
}

DrawCase draw_payload_batches(fixtures::Source source, const Payloads& payloads, std::size_t smallest_batch,
                              std::optional<std::size_t> largest_batch, std::uint64_t seed, bool hostile) {
  constexpr std::size_t enough_for_handlers = 1'000;  // larger batches would cost the users' time
  const std::size_t most_records = std::min(enough_for_handlers, records_of_an_event(payloads, seed));
  const BatchesByNumber batches(source, largest_batch.value_or(most_records),
                                {.smallest_batch = smallest_batch, .hostile = hostile, .with_fields = false},
                                [=](const generators::BatchOptions& options) {
                                  return generators::payload_case(source, payloads.accepted,
                                                                  payloads.rejected, options);
                                });
  return [seed, batches](std::size_t number) {
    auto batch = draw(batches.of(number), seed, Stream::payload_batches, number);
    if (batch) cut_to_an_event(*batch);
    return as_case(std::move(batch));
  };
}

DrawCase draw_hostile_cases(fixtures::Source source, const Payloads& payloads, std::uint64_t seed) {
  fixtures::PayloadList damaged = payloads.accepted;
  for (const fixtures::Payload& rejected : payloads.rejected) damaged.push_back(rejected);
  return [seed, hostile = generators::hostile_case(source, std::move(damaged)),
          draw_event = draw_damaged_payloads(source, seed)](std::size_t number) {
    if (number % 2 == 1) return draw_event(number);
    return as_case(draw(hostile, seed, Stream::hostile_batches, number));
  };
}

DrawCase draw_hostile_json(fixtures::Source source, const Payloads& payloads, std::uint64_t seed) {
  return [source,
          draw_any = draw_hostile_cases(source, payloads, seed)](std::size_t number) -> std::optional<Case> {
    constexpr std::size_t tries = 33;  // odd, so that batches and whole events alternate
    for (std::size_t attempt = 0; attempt < tries; ++attempt) {
      std::optional<Case> drawn = draw_any(number * tries + attempt);
      if (drawn && fixtures::is_json(drawn->payload))
        return Case(fixtures::BatchCase{.source = source, .records = {}}, std::move(drawn->payload));
    }
    return std::nullopt;
  };
}

}  // namespace batchproof::properties
