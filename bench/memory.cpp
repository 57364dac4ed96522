#include "memory.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "run_batchproof.hpp"

namespace {

std::atomic<std::size_t> allocation_count{0};

}  // namespace

void* operator new(std::size_t size) {
  allocation_count.fetch_add(1, std::memory_order_relaxed);
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace batchproof::bench {
namespace {

/// A figure of this process, such as "VmRSS:", in bytes.
double status_bytes(const std::string& wanted) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == wanted && status >> kibibytes) return kibibytes * 1024;
  }
  throw std::runtime_error("/proc/self/status has no " + wanted);
}

/// The steps of `process_partial_response`, for a payload that the event takes over.
std::string run_on_handed_over(Source source, std::string&& event) {
  return with_processor(source, [&]<class Processor>(const Processor& processor) {
    const auto decoded = decode<typename Processor::record_type>(std::move(event));
    return processor.process(decoded, order_handler<false>).to_json();
  });
}

double peak_growth_bytes(Source source, std::string event, bool handed_over) {
  std::ofstream("/proc/self/clear_refs") << "5" << std::flush;  // forgets the highest mark so far
  const double before = status_bytes("VmRSS:");
  keep(handed_over ? run_on_handed_over(source, std::move(event)) : run_batchproof<false>(source, event));
  return status_bytes("VmHWM:") - before;
}

std::size_t allocations(Source source, std::size_t records) {
  const std::string event = payload(source, records);
  run_batchproof<false>(source, event);  // makes what a thread makes once
  const std::size_t before = allocation_count.load();
  run_batchproof<false>(source, event);
  return allocation_count.load() - before;
}

}  // namespace

double resident_ratio(Source source, std::size_t records, bool handed_over) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const std::string event = payload(source, records);
  const pid_t child = fork();
  if (child == 0) {
    const double growth = peak_growth_bytes(source, event, handed_over);
    _exit(write(ends[1], &growth, sizeof growth) == static_cast<ssize_t>(sizeof growth) ? 0 : 1);
  }
  double growth = 0;
  const bool reported = read(ends[0], &growth, sizeof growth) == static_cast<ssize_t>(sizeof growth);
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  close(ends[1]);
  if (!reported || status != 0) throw std::runtime_error("the measuring process failed");
  return (growth + static_cast<double>(event.size())) / static_cast<double>(event.size());
}

double allocations_per_record(Source source) {
  constexpr std::size_t fewer = 1'000;
  constexpr std::size_t more = 2'000;
  return (static_cast<double>(allocations(source, more)) - static_cast<double>(allocations(source, fewer))) /
         (more - fewer);
}

}  // namespace batchproof::bench
