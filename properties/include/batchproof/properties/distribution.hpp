#pragma once

#include <array>
#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// Where a case comes from.
enum class CaseKind {
  saved,          ///< a counterexample of an earlier run
  child_process,  ///< handled in a process of its own; nothing but its end is seen
  small,          ///< one of all small batches
  random,
  damaged  ///< a random batch whose bytes were damaged on the way
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

/// What the batches were like that were judged: a law that held on batches of one record alone would prove
/// little. A batch counts once for each mode that it ran through. All but `kinds` are of whole batches that
/// were seen: neither damaged nor handled in a child process.
struct Distribution {
  std::array<std::size_t, 5> kinds{};     ///< by `CaseKind`
  std::array<std::size_t, 14> sizes{};    ///< batches of 0, 1, ... 12 records, and of more
  std::array<std::size_t, 3> failures{};  ///< no record rejected, some, all of one or more
  std::array<std::size_t, 6> groups{};    ///< SQS FIFO: batches of 0, 1, ... 4 message groups, and of more

  /// Allocates nothing.
  void count(CaseKind kind, const fixtures::BatchCase& batch_case);

  /// Cases of which nothing more is known.
  void count(CaseKind kind, std::size_t cases) { kinds[static_cast<std::size_t>(kind)] += cases; }

  Distribution& operator+=(const Distribution& other);
  friend bool operator==(const Distribution&, const Distribution&) = default;

  /// All four: "kinds", "sizes", "failures", "groups". The labels live as long as the program.
  std::vector<Histogram> histograms() const;
};

}  // namespace batchproof::properties
