#include "fresh_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <batchproof/properties/replay.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "fresh_service.hpp"
#include "socket_messages.hpp"

namespace batchproof::properties {
namespace {

using Clock = std::chrono::steady_clock;

// Of the program as it was started; a test may have changed both since.
const std::string first_folder = [] {
  std::error_code error;
  return std::filesystem::current_path(error).string();
}();

std::vector<std::string> first_environment() {
  std::ifstream file("/proc/self/environ", std::ios::binary);
  std::vector<std::string> variables;
  for (std::string variable; std::getline(file, variable, '\0');) variables.push_back(variable);
  return variables;
}

constexpr std::string_view seed_variable = "BATCHPROOF_SEED=";

/// Variables of GoogleTest, reports and seeds, which the executed program must not inherit: it must run this
/// test alone, write no file, and draw the same cases.
bool is_about_this_run(const std::string& variable_and_value) {
  return variable_and_value.starts_with("GTEST_") || variable_and_value.starts_with("TEST_PREMATURE_EXIT") ||
         variable_and_value.starts_with("BATCHPROOF_REPORT=") ||
         variable_and_value.starts_with(seed_variable);
}

}  // namespace

FreshProcess::FreshProcess(const VerificationPlan& plan, std::string verification)
    : plan_(plan),
      verification_(std::move(verification)),
      owner_(getpid()),
      kind_(plan.processes == Processes::any && !running_test().empty() ? Confirmation::executed_again
                                                                        : Confirmation::forked) {
  if (kind_ == Confirmation::forked && may_be_copied()) fork_now();
}

FreshProcess::~FreshProcess() {
  if (getpid() == owner_) stop();
}

void FreshProcess::stop() noexcept {
  if (socket_ >= 0) close(socket_);
  if (process_ > 0) {
    kill(-process_, SIGKILL);
    kill(process_, SIGKILL);  // it may not have begun its group
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  socket_ = process_ = -1;
}

bool FreshProcess::has_ended() const noexcept {
  siginfo_t end{};
  const int result = waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOHANG | WNOWAIT);
  return result < 0 ? errno == ECHILD : end.si_pid == process_;  // the program may wait for all its children
}

/// What the process started, such as a server, may hold the socket open after its end.
std::optional<std::string> FreshProcess::receive(std::chrono::milliseconds patience) {
  constexpr int slice_ms = 50;
  const auto deadline = Clock::now() + patience;
  while (true) {
    const bool is_last = has_ended() || Clock::now() >= deadline;
    pollfd readable{socket_, POLLIN, 0};
    if (poll(&readable, 1, is_last ? 0 : slice_ms) > 0) return receive_message(socket_, deadline);
    if (is_last) return std::nullopt;
  }
}

void FreshProcess::fork_now() {
  const auto ends = connected_sockets();
  if (!ends) return;
  static_cast<void>(std::fflush(nullptr));
  const pid_t child = fork();
  if (child == 0) {
    close((*ends)[0]);
    serve_as_fresh_process(plan_, (*ends)[1]);
  }
  adopt(child, *ends);
}

void FreshProcess::adopt(int child, const std::array<int, 2>& ends) noexcept {
  close(ends[1]);
  socket_ = ends[0];
  process_ = child;
}

void FreshProcess::execute_again() {
  const auto ends = connected_sockets();
  if (!ends) return;
  // All allocations come before the fork, since this process may have threads.
  std::vector<std::string> arguments = narrowed_arguments();
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::string own =
      std::string(executed_again_variable) + "=" + executed_again_value((*ends)[1], verification_);
  std::string seed = std::string(seed_variable) + std::to_string(plan_.settings.seed);
  std::vector<std::string> variables = first_environment();
  std::erase_if(variables, is_about_this_run);
  std::vector<char*> environment{own.data(), seed.data()};
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    begin_fresh_process();
    fcntl((*ends)[1], F_SETFD, 0);
    static_cast<void>(chdir(first_folder.c_str()) == 0);  // else in the folder of this process
    execve("/proc/self/exe", argv.data(), environment.data());
    _exit(127);
  }
  adopt(child, *ends);
}

std::optional<std::string> FreshProcess::ask(const std::string& question, const std::string& payload,
                                             std::chrono::milliseconds patience) {
  is_silent_ = true;
  if (getpid() != owner_) return std::nullopt;  // a copy of this process: the answers are not for it
  if (socket_ < 0 && kind_ == Confirmation::executed_again) execute_again();
  if (socket_ < 0) return std::nullopt;
  std::optional<std::string> answer;
  if (send_message(socket_, question) && send_message(socket_, payload)) answer = receive(patience);
  is_silent_ = !answer;
  if (!answer) {
    last_end_ = end_of_process(patience);
    stop();
  }
  return answer;
}

std::optional<FreshAnswer> FreshProcess::judge(const Finding& finding) {
  const auto patience = plan_.time_limit * static_cast<int>(4 + finding.earlier.size() / 100) * 2;
  const std::string question =
      std::string(finding.needs_cold_start ? of_a_cold_start : "") + question_about(finding);
  auto answer = ask(question, finding.shown_by.payload, patience);
  if (!answer && !is_of_a_hang(last_end_))  // a process that may not be copied answers only once
    answer = ask(question, finding.shown_by.payload, patience);
  if (!answer && ends_here_ && finding.law->experiment == Experiment::in_child)
    answer = answer_of({.calls = {}, .response = {}, .process_end = last_end_});
  if (!answer) return std::nullopt;
  return answer_in(*answer, finding);
}

std::string FreshProcess::end_of_process(std::chrono::milliseconds limit) {
  constexpr std::chrono::milliseconds moment(10);
  for (int tries = 0; tries < 100 && process_ > 0; ++tries) {
    if (has_ended()) {
      int status = 0;
      kill(-process_, SIGKILL);
      const bool is_known = waitpid(process_, &status, WNOHANG) == process_;
      process_ = -1;
      return is_known ? describe_end(status) : "ended";
    }
    poll(nullptr, 0, static_cast<int>(moment.count()));
  }
  return describe_hang(limit);
}

std::optional<std::optional<ChildEnd>> FreshProcess::run_stage(std::size_t stage, const Waits& waits) {
  constexpr auto time_to_reach_it = std::chrono::minutes(1);
  std::chrono::milliseconds limit = std::chrono::minutes(30);
  auto answer = ask(std::string(of_a_stage) + std::to_string(stage), "", time_to_reach_it);
  if (answer) answer = receive(limit);
  std::optional<ChildEnd> here;  // where the process itself is
  while (answer) {
    if (const auto step = step_in(*answer)) {
      waits(*step);
    } else if (const auto part = part_in(*answer)) {
      here = ChildEnd{.step = part->step, .parts = part->parts};
      limit = part->limit;
      waits(here->step);
    } else {
      break;
    }
    answer = receive(limit);
  }
  if (!answer && here) {
    here->how = end_of_process(limit);
    stop();
    ends_here_ = true;
    return here;
  }
  // A late answer must not be taken for that to the next question; and a process that ran the cases itself is
  // no longer fresh.
  if (!answer || here) stop();
  if (!answer) return std::nullopt;
  return end_in(*answer);
}

}  // namespace batchproof::properties
