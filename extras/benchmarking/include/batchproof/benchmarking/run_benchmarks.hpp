#pragma once

namespace batchproof::inline v0_1 {

/// Runs the registered benchmarks as `BENCHMARK_MAIN()` does, with Google Benchmark's options and two more,
/// which write what github-action-benchmark reads with `tool: customSmallerIsBetter`:
///
///     --times_out=FILE         the median time of each benchmark in microseconds; each is repeated 5 times
///                              unless --benchmark_repetitions says otherwise
///     --instructions_out=FILE  the instructions of one invocation of each `benchmark_handler`, counted by
///                              valgrind's callgrind on the invoking thread
///
///     int main(int argument_count, char** arguments) {
///       return batchproof::run_benchmarks(argument_count, arguments);
///     }
///
/// Returns the status to end the process with: 0; 1 when a benchmark ended with an error or none ran; 2 for
/// an unknown argument, two benchmarks of one name, a file that cannot be written, or where callgrind does
/// not run, with the reason on stderr. No file is written for status 1. Call it once, from the main thread.
[[nodiscard]] int run_benchmarks(int argument_count, char** arguments);

}  // namespace batchproof::inline v0_1
