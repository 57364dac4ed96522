#include "fresh_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/replay.hpp>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <utility>

#include "../report/json_of_run.hpp"
#include "child_process.hpp"
#include "experiments.hpp"
#include "socket_messages.hpp"
#include "stage_runs.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

// Before a question whose case must be the first one of the program itself, not of a copy.
constexpr std::string_view of_a_cold_start = "cold ";

constexpr const char* own_variable = "BATCHPROOF_EXECUTED_AGAIN";  // "SOCKET VERIFICATION"

struct Asked {
  std::string verification{};
  int socket = -1;
};

const std::optional<Asked>& asked() {
  static const std::optional<Asked> result = []() -> std::optional<Asked> {
    const char* const value = std::getenv(own_variable);
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

/// The event is bytes, so it is a message of its own after the description.
std::string question_about(const Finding& finding) {
  SavedCase saved{.law = std::string(finding.law->id),
                  .mode = finding.subject->mode,
                  .claims = finding.subject->claims,
                  .batch_case = finding.shown_by.batch,
                  .damaged = finding.shown_by.is_damaged};
  for (const EarlierCase& earlier : finding.earlier) saved.earlier.push_back(earlier_batch_of(earlier));
  return describe_regression(saved);
}

/// Of a case that could not be judged, or ended the process, there is no violation.
std::string answer_of(const Observation& run) {
  ordered_json json = json_of_run(run);
  json["violations"] = ordered_json::array();
  return fixtures::to_valid_text(json);
}

/// The answer about a case that was judged on an event of this text.
std::string answer_of(const Finding& finding, const std::string& payload) {
  ordered_json json = json_of_run(finding.run);
  json["violations"] = finding.violations;
  // The subject may get more than the case holds, such as the fields that the user adds to each record.
  if (!finding.run.payload.empty() && finding.run.payload != payload) json["event"] = finding.run.payload;
  return fixtures::to_valid_text(json);
}

FreshAnswer answer_in(const std::string& text, const Finding& finding) {
  const auto json = fixtures::parse_ordered_json(text);
  FreshAnswer answer{.run = run_in(json, json.value("event", finding.shown_by.payload)),
                     .violations = json["violations"].get<std::vector<std::string>>()};
  if (answer.run.process_end && finding.law->experiment == Experiment::in_child) {
    const Evidence evidence(finding.shown_by.batch, finding.subject->claims, answer.run);
    answer.violations = finding.law->violations(evidence);
  }
  return answer;
}

/// Judges the case in this process; the violations are empty when the law held.
Finding judge_here(const VerificationPlan& plan, const std::string& description, std::string payload) {
  const SavedCase saved = parse_regression(description, std::move(payload));
  const Law* const law = law_named(plan.laws, saved.law);
  Finding finding = finding_of(plan, saved, law == nullptr ? survives : *law);
  const Case shown = finding.shown_by;
  if (finding.law->experiment == Experiment::in_child) {
    run_each(finding.earlier);
    run_once(*finding.subject, shown);
  } else if (!is_violated_by(finding, shown)) {
    finding.violations.clear();
  }
  return finding;
}

const std::string stage_begins = "begun";

// In a stage that a copy runs each step is announced by "step STEP", for the progress alone.
constexpr std::string_view step_runs = "step ";

// In the stage of a program that may not be copied each part is announced by "part STEP PARTS MILLISECONDS",
// where the program itself may end or hang.
constexpr std::string_view part_begins = "part ";

void run_stage_here(const Stage& stage, const VerificationPlan& plan, int socket) {
  for (std::size_t step = 0; step < steps_of(stage, plan); ++step) {
    std::size_t parts = 0;
    const auto announce = [&](std::chrono::milliseconds limit) {
      std::ostringstream part;
      part << part_begins << step << ' ' << parts << ' ' << limit.count();
      send_message(socket, part.str());
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

/// A program that may not be copied runs the cases itself.
std::string answer_about_stage(const VerificationPlan& plan, const std::string& question, int socket) {
  const auto stages = stages_of(plan);
  const Stage& stage = stages.at(std::stoul(question));
  if (!may_be_copied()) {
    run_stage_here(stage, plan, socket);
    return "{}";
  }
  std::optional<std::size_t> told;
  const auto end = run_stage_in_child(stage, plan, [&](std::size_t step) {
    if (std::exchange(told, step) != step)
      send_message(socket, std::string(step_runs) + std::to_string(step));
  });
  if (!end) return "{}";
  return fixtures::to_valid_text(ordered_json{{"step", end->step}, {"parts", end->parts}, {"how", end->how}});
}

/// Of a copy, which must print nothing and read nothing. It may run between fork and exec.
void silence_standard_streams() noexcept {
  const int nowhere = open("/dev/null", O_RDWR);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, standard);
}

/// A test that ends here does not stop what its fixture started, such as a server, so the parent ends the
/// whole group.
void begin_a_group() {
  end_with_parent();
  setpgid(0, 0);
}

[[noreturn]] void serve(const VerificationPlan& plan, int socket) {
  begin_a_group();
  silence_standard_streams();
  const auto week = Clock::now() + std::chrono::hours(168);
  while (auto question = receive_message(socket, week)) {
    auto payload = receive_message(socket, week);
    if (!payload) break;
    if (question->starts_with("stage ")) {
      send_message(socket, stage_begins);
      if (!send_message(socket, answer_about_stage(plan, question->substr(6), socket))) break;
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
    serve(plan_, (*ends)[1]);
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
  std::string own = std::string(own_variable) + "=" + std::to_string((*ends)[1]) + " " + verification_;
  std::string seed = std::string(seed_variable) + std::to_string(plan_.settings.seed);
  std::vector<std::string> variables = first_environment();
  std::erase_if(variables, is_about_this_run);
  std::vector<char*> environment{own.data(), seed.data()};
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    begin_a_group();
    fcntl((*ends)[1], F_SETFD, 0);
    silence_standard_streams();
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
  auto answer = ask("stage " + std::to_string(stage), "", time_to_reach_it);
  if (answer) answer = receive(limit);
  std::optional<ChildEnd> here;  // where the process itself is
  while (answer && (answer->starts_with(part_begins) || answer->starts_with(step_runs))) {
    if (answer->starts_with(step_runs)) {
      waits(std::stoul(answer->substr(step_runs.size())));
      answer = receive(limit);
      continue;
    }
    std::istringstream part(answer->substr(part_begins.size()));
    std::int64_t milliseconds = 0;
    here.emplace();
    part >> here->step >> here->parts >> milliseconds;
    limit = std::chrono::milliseconds(milliseconds);
    waits(here->step);
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
  const auto json = fixtures::parse_ordered_json(*answer);
  if (json.empty()) return std::optional<ChildEnd>();
  return ChildEnd{json["step"].get<std::size_t>(), json["parts"].get<std::size_t>(),
                  json["how"].get<std::string>()};
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
  if (asked() && asked()->verification == verification) serve(plan, asked()->socket);
}

}  // namespace batchproof::properties
