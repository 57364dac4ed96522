#pragma once

#include <benchmark/benchmark.h>

namespace batchproof::bench {

/// A part of the output: rows that have the same columns.
struct Section {
  const char* head;
  bool (*holds)(const benchmark::BenchmarkReporter::Run& run);

  /// Prints a row; returns whether a limit is exceeded.
  bool (*print)(const benchmark::BenchmarkReporter::Run& run);
};

/// A run belongs to the first section that holds it.
const Section& section_of(const benchmark::BenchmarkReporter::Run& run);

}  // namespace batchproof::bench
