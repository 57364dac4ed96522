#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/concurrency/turns.hpp>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/properties/observation.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1 {

/// Replaces the coroutine handler of a processor under test, as `RecordProbe` replaces a plain one: it
/// records when it starts and when it ends, waits for its turn in between, and throws when the failure
/// pattern rejects the record. One probe watches one run.
class ConcurrentProbe {
 public:
  /// Both must outlive the probe.
  ConcurrentProbe(const fixtures::BatchCase& batch_case, Turns& turns) : case_(batch_case), turns_(turns) {
    seen_.timeline.emplace();
  }

  ConcurrentProbe(const ConcurrentProbe&) = delete;  // batchproof: give the processor std::ref(probe)
  ConcurrentProbe& operator=(const ConcurrentProbe&) = delete;

  /// For processors of another library: handles the record with this identifier, as of `RecordProbe`.
  boost::asio::awaitable<void> operator()(std::string item_identifier);

  /// For processors of this library.
  template <fixtures::AnyRecord Record>
  boost::asio::awaitable<void> operator()(const Record& record) {
    return (*this)(std::string(record.item_identifier()));
  }

  /// Lets other coroutines continue: a processor under test awaits it between two steps.
  boost::asio::awaitable<void> turn() { return turns_.turn(); }

  /// Its calls and their steps.
  const properties::Observation& seen() const noexcept { return seen_; }

 private:
  bool rejects_next(const std::string& item_identifier) const;

  const fixtures::BatchCase& case_;
  Turns& turns_;
  properties::Observation seen_;
};

/// The subject under test: takes the event's text, awaits `probe` once for each record that it handles, and
/// returns the response. Coroutines that it spawns run on its own executor. An exception counts as a failed
/// batch.
using AsyncSubject =
    std::function<boost::asio::awaitable<std::string>(std::string_view payload, ConcurrentProbe& probe)>;

}  // namespace batchproof::inline v0_1
