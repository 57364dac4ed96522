#pragma once

#include <benchmark/benchmark.h>

#include <vector>

#include "sections.hpp"

namespace batchproof::bench {

/// Prints a row for each benchmark as soon as it is done, under the head of its section.
class Table : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override;

  bool over_limit() const { return over_limit_; }

 private:
  const Section* current_ = nullptr;
  bool over_limit_ = false;
};

}  // namespace batchproof::bench
