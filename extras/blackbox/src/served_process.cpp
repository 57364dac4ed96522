#include "served_process.hpp"

#include <batchproof/blackbox/verify_function.hpp>
#include <utility>

namespace batchproof::blackbox {

using std::chrono::steady_clock;

void ServedProcess::start() {
  has_served_ = false;
  const auto began = steady_clock::now();
  auto failed = process_.start();
  time_of_starts_ += steady_clock::now() - began;
  if (failed) throw FunctionNotStarted(failed->problem, std::move(failed->log));
}

void ServedProcess::replace_ended(std::optional<CrashBudget::Kind> crash, const std::string& why) {
  if (crash == CrashBudget::Kind::timed_out) ++silences_;  // when cut short, it may only have been slow
  if (crash == CrashBudget::Kind::ended && ++ends_after_answer_ == 1) first_end_ = why;
  start();
}

std::vector<std::string> ServedProcess::notes() const {
  std::vector<std::string> notes;
  const auto add = [&](std::size_t count, const std::string& before, const std::string& behind) {
    if (count > 0) notes.push_back(before + std::to_string(count) + behind);
  };
  add(ends_after_answer_, "the process ended after ",
      " of its answers: Lambda then starts another, which takes a cold start" +
          (first_end_.empty() ? "" : "; the first time, " + first_end_));
  add(silences_, "after ",
      " of its answers the process did not ask for the next batch in time, and was ended: Lambda waits until "
      "the function's timeout");
  add(ends_without_answer_, "the process ended without an answer in ",
      " batches of which no record had to succeed: Lambda then starts another, which takes a cold start");
  return notes;
}

}  // namespace batchproof::blackbox
