#include <rapidcheck/Random.h>
#include <batchproof/concurrency/verify_concurrency.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/settings.hpp>
#include <exception>
#include <optional>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// Runs one subject on many schedules.
class Search {
 public:
  Search(const AsyncSubject& subject, const VerifyConcurrencyOptions& options)
      : subject_(subject),
        claims_{.skip_group_on_error = options.skip_group_on_error,
                .raise_on_entire_batch_failure = options.raise_on_entire_batch_failure},
        max_concurrency_(options.max_concurrency) {}

  /// The first law that the run of these turns violates; nothing when it violates none.
  std::optional<ConcurrencyCounterexample> violation(std::span<const ConcurrencyLaw> laws,
                                                     const BatchCase& batch_case, Turns turns) const {
    auto observation = observe_schedule(subject_, batch_case, turns);
    for (const ConcurrencyLaw& law : laws) {
      auto violations = law.violations(batch_case, claims_, max_concurrency_, observation);
      if (violations.empty()) continue;
      return ConcurrencyCounterexample{.law = std::string(law.id),
                                       .sentence = std::string(law.sentence),
                                       .batch_case = batch_case,
                                       .claims = claims_,
                                       .max_concurrency = max_concurrency_,
                                       .choices = turns.choices(),
                                       .violations = std::move(violations),
                                       .observation = std::move(observation)};
    }
    return std::nullopt;
  }

  /// Shrinks: removes records first, then chooses the first waiting coroutine unless the violation needs
  /// another.
  ConcurrencyCounterexample smallest(const ConcurrencyLaw& law, ConcurrencyCounterexample found,
                                     std::uint64_t seed) const {
    const int found_in = found.found_in;
    for (std::size_t index = 0; index < found.batch_case.records.size();) {
      if (auto smaller = without(law, found, index, seed)) {
        found = std::move(*smaller);
      } else {
        ++index;
      }
    }
    for (std::size_t number = 0; number < found.choices.size(); ++number) {
      if (found.choices[number] == 0) continue;
      auto choices = found.choices;
      choices[number] = 0;
      if (auto simpler = violation({&law, 1}, found.batch_case, Turns(choices))) found = std::move(*simpler);
    }
    while (!found.choices.empty() && found.choices.back() == 0) found.choices.pop_back();
    found.found_in = found_in;
    return found;
  }

 private:
  std::optional<ConcurrencyCounterexample> without(const ConcurrencyLaw& law,
                                                   const ConcurrencyCounterexample& found,
                                                   std::size_t left_out, std::uint64_t seed) const {
    constexpr std::uint64_t attempts = 100;
    BatchCase smaller = found.batch_case;
    smaller.records.erase(smaller.records.begin() + static_cast<std::ptrdiff_t>(left_out));
    for (std::uint64_t attempt = 0; attempt < attempts; ++attempt) {
      if (auto still = violation({&law, 1}, smaller, Turns(seed + attempt))) return still;
    }
    return std::nullopt;
  }

  const AsyncSubject& subject_;
  fixtures::ProcessorClaims claims_;
  std::size_t max_concurrency_;
};

const ConcurrencyLaw& law_of(std::span<const ConcurrencyLaw> laws, const ConcurrencyCounterexample& found) {
  for (const ConcurrencyLaw& law : laws) {
    if (law.id == found.law) return law;
  }
  return laws.front();  // never: it was found among them
}

boost::asio::awaitable<void> answer(const AsyncSubject& subject, const std::string& payload,
                                    ConcurrentProbe& probe, Observation& run) {
  std::exception_ptr thrown;
  try {
    run.response = co_await subject(payload, probe);
  } catch (...) {
    thrown = std::current_exception();
  }
  if (thrown) run.error = detail::failure_of_exception(thrown).cause;
}

}  // namespace

ConcurrentObservation observe_schedule(const AsyncSubject& subject, const BatchCase& batch_case,
                                       Turns& turns) {
  ConcurrentProbe probe(batch_case, turns);
  const std::string payload = batch_case.payload();
  Observation run;
  const bool has_ended = turns.run(answer(subject, payload, probe, run));
  ConcurrentObservation observation = probe.seen();
  observation.run.response = std::move(run.response);
  observation.run.error = std::move(run.error);
  observation.run.payload = payload;
  observation.is_stuck = !has_ended;
  return observation;
}

ConcurrencyReport verify_concurrency_laws(std::span<const ConcurrencyLaw> laws, fixtures::Source source,
                                          const AsyncSubject& subject,
                                          const VerifyConcurrencyOptions& options) {
  const Settings settings = resolve_settings(options.schedules, options.seed, std::chrono::milliseconds(0));
  const Search search(subject, options);
  const auto batches = generators::batch_case(source, {.largest_batch = 8});
  int schedules = 0;
  ConcurrencyCounterexample found;
  while (schedules < settings.cases && found.law.empty()) {
    const auto number = static_cast<std::uint64_t>(schedules++);
    const rc::Random random(rc::Random::Key{settings.seed, number, 0, 0});
    const BatchCase batch_case = batches(random, 0).value();
    auto first = search.violation(laws, batch_case, Turns(settings.seed ^ number));
    if (!first) continue;
    first->found_in = schedules;
    const ConcurrencyLaw& law = law_of(laws, *first);
    found = search.smallest(law, std::move(*first), settings.seed);
  }
  return ConcurrencyReport(schedules, settings.seed, replay_command(settings.seed, settings.cases),
                           std::move(found));
}

}  // namespace batchproof::properties
