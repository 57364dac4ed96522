#include "fresh_service.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/settings.hpp>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "child_process.hpp"
#include "experiments.hpp"
#include "finding.hpp"
#include "fresh_messages.hpp"
#include "socket_messages.hpp"
#include "stage_runs.hpp"

namespace batchproof::properties {
namespace {

struct Asked {
  std::string verification{};
  int socket = -1;
};

const std::optional<Asked>& asked() {
  static const std::optional<Asked> result = []() -> std::optional<Asked> {
    const char* const value = std::getenv(executed_again_variable);
    if (value == nullptr) return std::nullopt;
    Asked found;
    std::getline(std::istringstream(value) >> found.socket >> std::ws, found.verification);
    fcntl(found.socket, F_SETFD, FD_CLOEXEC);
    return found;
  }();
  return result;
}

// Before `main`, since what the program starts there must not inherit the socket.
[[maybe_unused]] const bool is_asked_early = (asked(), true);

/// Judges the case in this process; the violations are empty when the law held.
Finding judge_here(const VerificationPlan& plan, const std::string& description, std::string payload) {
  const SavedCase saved = parse_regression(description, std::move(payload));
  const Law* const law = law_named(plan.laws, saved.law);
  Finding finding = finding_of(plan, saved, law == nullptr ? survives : *law);
  add_what_is_not_saved(description, finding);
  const Case shown = finding.shown_by;
  if (finding.law->experiment == Experiment::in_child) {
    run_each(finding.earlier);
    run_once(*finding.subject, shown);
  } else if (!is_violated_once(finding, shown)) {
    finding.violations.clear();
  }
  return finding;
}

/// Runs the cases of a stage in this process, since it may not be copied, and says before each part where it
/// is.
void run_stage_here(const Stage& stage, const VerificationPlan& plan, int socket) {
  for (std::size_t step = 0; step < steps_of(stage, plan); ++step) {
    std::size_t parts = 0;
    const auto announce = [&](std::chrono::milliseconds limit) {
      send_message(socket, text_of({step, parts, limit}));
    };
    announce(drawing_limit);
    try {
      run_step(stage, plan, step, [&](std::chrono::milliseconds limit) {
        ++parts;
        announce(limit);
      });
    } catch (...) {  // the process survived, and only that matters here
    }
  }
}

std::string answer_about_stage(const VerificationPlan& plan, const std::string& question, int socket) {
  const auto stages = stages_of(plan);
  const Stage& stage = stages.at(std::stoul(question));
  if (!may_be_copied()) {
    run_stage_here(stage, plan, socket);
    return text_of_end(std::nullopt);
  }
  std::optional<std::size_t> told;
  return text_of_end(run_stage_in_child(stage, plan, [&](std::size_t step) {
    if (std::exchange(told, step) != step) send_message(socket, text_of_step(step));
  }));
}

}  // namespace

void begin_fresh_process() noexcept {
  end_with_parent();
  setpgid(0, 0);
  const int nowhere = open("/dev/null", O_RDWR);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, standard);
}

std::string executed_again_value(int socket, const std::string& verification) {
  return std::to_string(socket) + " " + verification;
}

void serve_as_fresh_process(const VerificationPlan& plan, int socket) {
  begin_fresh_process();
  const auto week = std::chrono::steady_clock::now() + std::chrono::hours(168);
  while (auto question = receive_message(socket, week)) {
    auto payload = receive_message(socket, week);
    if (!payload) break;
    if (question->starts_with(of_a_stage)) {
      send_message(socket, stage_begins);
      if (!send_message(socket, answer_about_stage(plan, question->substr(of_a_stage.size()), socket))) break;
      continue;
    }
    const bool is_of_a_cold_start = question->starts_with(of_a_cold_start);
    if (is_of_a_cold_start) question->erase(0, of_a_cold_start.size());
    const bool is_for_a_copy = !is_of_a_cold_start && may_be_copied();
    const auto answer = [&](std::size_t, const AllowTime& allow) {
      allow(plan.time_limit * 20);
      try {
        send_message(socket, answer_of(judge_here(plan, *question, *payload), *payload));
      } catch (const std::exception& error) {
        send_message(socket, answer_of({.calls = {}, .response = {}, .error = error.what()}));
      }
    };
    if (!is_for_a_copy) {  // so this process answers once itself
      answer(0, [](std::chrono::milliseconds) {});
      break;
    }
    if (const auto end = run_in_child_process(1, answer))
      send_message(socket, answer_of({.calls = {}, .response = {}, .process_end = end->how}));
  }
  _exit(0);
}

std::string begin_verification(std::span<const Law> laws) {
  static std::map<std::string, std::size_t> begun;
  const std::string test = running_test();
  std::string name = test.substr(0, test.rfind('@')) + ",";  // the time of its start is another one there
  for (const Law& law : laws) name += std::string(law.id) + ",";
  return name + std::to_string(begun[test + " " + name]++);
}

bool is_executed_again() noexcept { return asked().has_value(); }

void serve_if_asked_for(const VerificationPlan& plan, const std::string& verification) {
  if (asked() && asked()->verification == verification) serve_as_fresh_process(plan, asked()->socket);
}

}  // namespace batchproof::properties
