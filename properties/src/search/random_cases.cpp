#include "random_cases.hpp"

#include <rapidcheck.h>
#include <batchproof/generators/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <batchproof/generators/hostile_case.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <memory>
#include <utility>

#include "../evidence/readable_records.hpp"

namespace batchproof::properties {
namespace {

/// As RapidCheck does, so that the first cases are small.
int size_of(std::size_t number) { return static_cast<int>(number) % (rc::kNominalSize + 1); }

/// The kinds of input are drawn from separate streams.
enum class Stream : std::uint64_t { batches, damaged_payloads, payload_batches, hostile_batches };

template <class Value>
std::optional<Value> draw(const rc::Gen<Value>& generator, std::uint64_t seed, Stream stream,
                          std::size_t number) {
  const rc::Random random(
      rc::Random::Key{seed, static_cast<std::uint64_t>(stream), static_cast<std::uint64_t>(number), 0});
  try {
    return generator(random, size_of(number)).value();
  } catch (const rc::GenerationFailure&) {
    return std::nullopt;
  }
}

std::optional<Case> as_case(std::optional<fixtures::BatchCase> batch) {
  return batch ? std::optional(Case(std::move(*batch))) : std::nullopt;
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

DrawCase draw_batches(fixtures::Source source, std::size_t largest_batch, std::uint64_t seed, bool hostile) {
  // A standard queue may deliver a message twice, though hardly in one batch.
  const bool has_twins = hostile && source == fixtures::Source::sqs;
  generators::BatchOptions options{.largest_batch = largest_batch, .hostile = hostile};
  const auto unique = generators::batch_case(source, options);
  options.repeated_identifiers = true;
  return [=, repeated = generators::batch_case(source, options)](std::size_t number) {
    return as_case(draw(has_twins && number % 3 == 2 ? repeated : unique, seed, Stream::batches, number));
  };
}

DrawCase draw_damaged_payloads(fixtures::Source source, std::uint64_t seed) {
  return [=, generator = generators::damaged_payload(source)](std::size_t number) -> std::optional<Case> {
    auto damaged = draw(generator, seed, Stream::damaged_payloads, number);
    if (!damaged) return std::nullopt;
    return readable_case(std::move(damaged->payload), source, number);
  };
}

DrawCase draw_payload_batches(fixtures::Source source, const Payloads& payloads, std::size_t largest_batch,
                              std::uint64_t seed, bool hostile) {
  return [seed, generator = generators::payload_case(source, payloads.accepted, payloads.rejected,
                                                     {.largest_batch = largest_batch, .hostile = hostile})](
             std::size_t number) { return as_case(draw(generator, seed, Stream::payload_batches, number)); };
}

DrawCase draw_hostile_cases(fixtures::Source source, const Payloads& payloads, std::uint64_t seed) {
  std::vector<std::string> damaged = payloads.accepted;
  damaged.insert(damaged.end(), payloads.rejected.begin(), payloads.rejected.end());
  return [seed, hostile = generators::hostile_case(source, std::move(damaged)),
          draw_event = draw_damaged_payloads(source, seed)](std::size_t number) {
    if (number % 2 == 1) return draw_event(number);
    return as_case(draw(hostile, seed, Stream::hostile_batches, number));
  };
}

}  // namespace batchproof::properties
