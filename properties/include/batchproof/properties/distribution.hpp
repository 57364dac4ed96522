#pragma once

// Statistics of the judged batches: their sizes, failures and groups.
//
//     for (const Histogram& histogram : report.distribution().histograms()) add_chart(page, histogram);

#include <array>
#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// The stage of a verification that made a case.
enum class CaseKind {
  saved,          ///< a counterexample of an earlier run
  child_process,  ///< handled in a child process, of which only the end is observed
  small,          ///< one of all small batches
  random,
  damaged,   ///< a random batch whose bytes were damaged
  near_miss  ///< near misses of the accepted payloads, among these
};

/// Counts under one heading, for a chart: "records in a batch" with the bars 0, 1, 2, ...
struct Histogram {
  struct Bar {
    std::string_view label;
    std::size_t count = 0;
  };
  std::string_view id;     ///< "sizes"
  std::string_view title;  ///< for people
  std::vector<Bar> bars;
};

/// The distribution of the judged batches: a law that held only on batches of one record would prove little.
/// A batch counts once for each processor mode. All members but `kinds` count only intact batches that were
/// handled in this process.
struct Distribution {
  std::array<std::size_t, 6> kinds{};     ///< by `CaseKind`
  std::array<std::size_t, 14> sizes{};    ///< batches of 0, 1, ... 12 records, and of more
  std::array<std::size_t, 3> failures{};  ///< no record rejected, some, all of one or more
  std::array<std::size_t, 6> groups{};    ///< SQS FIFO: batches of 0, 1, ... 4 message groups, and of more

  /// Allocates nothing.
  void count(CaseKind kind, const fixtures::BatchCase& batch_case);

  /// Counts cases of which only the kind is known.
  void count(CaseKind kind, std::size_t cases) { kinds[static_cast<std::size_t>(kind)] += cases; }

  Distribution& operator+=(const Distribution& other);
  friend bool operator==(const Distribution&, const Distribution&) = default;

  /// All four: "kinds", "sizes", "failures", "groups". The labels live as long as the program.
  std::vector<Histogram> histograms() const;
};

}  // namespace batchproof::properties
