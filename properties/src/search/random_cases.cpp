#include "random_cases.hpp"

#include <rapidcheck.h>
#include <batchproof/generators/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <batchproof/generators/hostile_case.hpp>
#include <batchproof/generators/payload_case.hpp>
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
  auto readable = read_records(payload, source);
  fixtures::BatchCase batch = readable ? std::move(readable->identified) : fixtures::BatchCase{};
  batch.source = source;
  for (std::size_t index = 0; index < batch.records.size(); ++index)
    batch.records[index].rejected = (number >> (index % 3) & 1U) != 0;
  return Case(std::move(batch), std::move(payload));
}

DrawCase draw_batches(fixtures::Source source, std::size_t largest_batch, std::uint64_t seed) {
  // A standard queue may deliver a message twice, in one batch too.
  const bool has_twins = source == fixtures::Source::sqs;
  return [seed, has_twins, unique = generators::batch_case(source, {.largest_batch = largest_batch}),
          repeated = generators::batch_case(
              source, {.largest_batch = largest_batch, .repeated_identifiers = true})](std::size_t number) {
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

DrawCase draw_payload_batches(fixtures::Source source, const std::vector<std::string>& accepted,
                              const std::vector<std::string>& rejected, std::uint64_t seed) {
  return [seed, generator = generators::payload_case(source, accepted, rejected)](std::size_t number) {
    return as_case(draw(generator, seed, Stream::payload_batches, number));
  };
}

DrawCase draw_hostile_cases(fixtures::Source source, const std::vector<std::string>& accepted,
                            const std::vector<std::string>& rejected, std::uint64_t seed) {
  std::vector<std::string> payloads = accepted;
  payloads.insert(payloads.end(), rejected.begin(), rejected.end());
  return [=, draw_whole = draw_payload_batches(source, accepted, rejected, seed),
          hostile = generators::hostile_case(source, std::move(payloads)),
          draw_event = draw_damaged_payloads(source, seed)](std::size_t number) -> std::optional<Case> {
    if (number % 3 == 2) return draw_event(number);
    if (number % 3 == 0) return draw_whole(number);
    return as_case(draw(hostile, seed, Stream::hostile_batches, number));
  };
}

}  // namespace batchproof::properties
