#include "random_cases.hpp"

#include <rapidcheck.h>
#include <batchproof/generators/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <batchproof/generators/hostile_case.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <utility>

#include "remains.hpp"

namespace batchproof::properties {
namespace {

/// As RapidCheck does, so that the first cases are small.
int size_of(int number) { return number % (rc::kNominalSize + 1); }

/// The kinds of input are drawn from separate streams.
enum class Stream : std::uint64_t { batches, damaged_payloads, payload_batches, hostile_batches };

template <class Value>
std::optional<Value> draw(const rc::Gen<Value>& generator, std::uint64_t seed, Stream stream, int number) {
  const rc::Random random(
      rc::Random::Key{seed, static_cast<std::uint64_t>(stream), static_cast<std::uint64_t>(number), 0});
  try {
    return generator(random, size_of(number)).value();
  } catch (const rc::GenerationFailure&) {
    return std::nullopt;
  }
}

}  // namespace

DrawBatch draw_batches(fixtures::Source source, std::size_t largest_batch, std::uint64_t seed) {
  // A standard queue may deliver a message twice, in one batch too.
  const bool has_twins = source == fixtures::Source::sqs;
  return [seed, has_twins,
          unique = generators::batch_case(source, {.largest_batch = largest_batch, .hostile = true}),
          repeated = generators::batch_case(
              source, {.largest_batch = largest_batch, .hostile = true, .repeated_identifiers = true})](
             int number) {
    return draw(has_twins && number % 3 == 2 ? repeated : unique, seed, Stream::batches, number);
  };
}

DrawDamaged draw_damaged_payloads(fixtures::Source source, std::uint64_t seed) {
  return [=, generator = generators::damaged_payload(source)](int number) -> std::optional<DamagedCase> {
    auto damaged = draw(generator, seed, Stream::damaged_payloads, number);
    if (!damaged) return std::nullopt;
    return DamagedCase{remaining_case(damaged->payload, source, static_cast<unsigned>(number)),
                       std::move(damaged->payload)};
  };
}

DrawBatch draw_payload_batches(fixtures::Source source, const std::vector<std::string>& accepted,
                               const std::vector<std::string>& rejected, std::uint64_t seed) {
  return [seed, generator = generators::payload_case(source, accepted, rejected)](int number) {
    return draw(generator, seed, Stream::payload_batches, number);
  };
}

DrawDamaged draw_hostile_cases(fixtures::Source source, const std::vector<std::string>& accepted,
                               const std::vector<std::string>& rejected, std::uint64_t seed) {
  std::vector<std::string> payloads = accepted;
  payloads.insert(payloads.end(), rejected.begin(), rejected.end());
  return [=, draw_whole = draw_payload_batches(source, accepted, rejected, seed),
          hostile = generators::hostile_case(source, std::move(payloads)),
          draw_event = draw_damaged_payloads(source, seed)](int number) -> std::optional<DamagedCase> {
    if (number % 3 == 2) return draw_event(number);
    auto batch = number % 3 == 0 ? draw_whole(number) : draw(hostile, seed, Stream::hostile_batches, number);
    if (!batch) return std::nullopt;
    std::string payload = batch->payload();
    return DamagedCase{std::move(*batch), std::move(payload)};
  };
}

}  // namespace batchproof::properties
