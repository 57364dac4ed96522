#pragma once

namespace batchproof::bench {

/// The time spent on each row: `script/bench --quick` takes under a minute.
struct Effort {
  bool quick = false;

  double row_seconds() const { return quick ? 0.1 : 0.7; }
  int repetitions(int usual) const { return quick ? (usual + 9) / 10 : usual; }
};

}  // namespace batchproof::bench
