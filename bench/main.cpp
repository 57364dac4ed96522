#include <benchmark/benchmark.h>
#include "whole_way.hpp"
int main(int argc, char** argv) {
  batchproof::bench::register_whole_way();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
