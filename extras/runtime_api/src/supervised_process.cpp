// Starts a command under a supervisor. The supervisor is forked from this process, so its code here calls
// only functions that are safe in a signal handler.
//
//     supervisor_ = fork();
//     if (supervisor_ == 0) supervise(plan);  // does not return

#include "supervised_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace batchproof::runtime_api {
namespace {

// From here to `supervise` everything runs in a copy of this process, made by fork. Only functions that are
// safe in a signal handler may be called, since another thread may have held any lock.

/// The values that the supervisor needs, each made before the fork.
struct Plan {
  char* const* command;
  char* const* environment;
  const char* working_directory;  // null: stay
  int lifeline;
  int end;
  int output;
};

void report(int descriptor, ProcessEnd::Kind kind, int number) {
  const ProcessEnd end{kind, number};
  while (write(descriptor, &end, sizeof end) < 0 && errno == EINTR) {
  }
}

/// Marks all other descriptors of this program close-on-exec, since the command must not inherit them.
void close_others_on_exec() {
  constexpr unsigned close_on_exec = 1U << 2U;  // CLOSE_RANGE_CLOEXEC
  if (close_range(3, ~0U, static_cast<int>(close_on_exec)) == 0) return;
  constexpr int enough = 4096;
  for (int descriptor = 3; descriptor < enough; ++descriptor) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

[[noreturn]] void become_command(const Plan& plan, pid_t supervisor) {
  constexpr int as_a_shell_says = 127;
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(as_a_shell_says);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  dup2(plan.output, STDOUT_FILENO);
  dup2(plan.output, STDERR_FILENO);
  close_others_on_exec();
  if (plan.working_directory != nullptr && chdir(plan.working_directory) != 0) {
    report(plan.end, ProcessEnd::Kind::no_folder, errno);
    _exit(as_a_shell_says);
  }
  execvpe(plan.command[0], plan.command, plan.environment);
  report(plan.end, ProcessEnd::Kind::not_executed, errno);
  _exit(as_a_shell_says);
}

/// Kills each child of this process, by the kernel's list of children. False when the kernel has no such
/// list.
bool kill_children() {
  const int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (list < 0) return false;
  std::array<char, 4096> text;
  pid_t child = 0;
  for (ssize_t size = 0; (size = read(list, text.data(), text.size())) > 0;) {
    for (ssize_t place = 0; place < size; ++place) {
      const char character = text[static_cast<std::size_t>(place)];
      if (character >= '0' && character <= '9') {
        child = child * 10 + (character - '0');
      } else if (child > 0) {
        kill(child, SIGKILL);
        child = 0;
      }
    }
  }
  close(list);
  return true;
}

/// Ends the command's group and every descendant: the children of a killed process become children of this
/// one.
void end_all(pid_t command) {
  kill(-command, SIGKILL);
  while (true) {
    const bool sees_children = kill_children();
    const pid_t ended = waitpid(sees_children ? -1 : command, nullptr, 0);
    if (ended < 0 && errno != EINTR) return;
  }
}

/// Reaps ended processes. Returns true, after reporting it, when the command is one of them.
bool reap(const Plan& plan, pid_t command) {
  int status = 0;
  for (pid_t ended = 0; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (ended != command) continue;
    if (WIFSIGNALED(status)) {
      report(plan.end, ProcessEnd::Kind::signalled, WTERMSIG(status));
    } else {
      report(plan.end, ProcessEnd::Kind::exited, WEXITSTATUS(status));
    }
    return true;
  }
  return false;
}

/// Moves the three descriptors to 3, 4 and 5, and closes all others.
Plan with_these_alone(Plan plan) {
  constexpr int above = 16;
  std::array<int*, 3> wanted{&plan.lifeline, &plan.end, &plan.output};
  for (int* const descriptor : wanted) *descriptor = fcntl(*descriptor, F_DUPFD, above);
  int number = STDERR_FILENO;
  for (int* const descriptor : wanted) *descriptor = dup2(*descriptor, ++number);
  const int nothing = open("/dev/null", O_RDWR);
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) dup2(nothing, stream);
  if (close_range(static_cast<unsigned>(number + 1), ~0U, 0) != 0) {
    constexpr int enough = 4096;
    for (int descriptor = number + 1; descriptor < enough; ++descriptor) close(descriptor);
  }
  return plan;
}

[[noreturn]] void supervise(const Plan& given) {
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  std::signal(SIGCHLD, SIG_DFL);  // if it were ignored, no child could be waited for
  const Plan plan = with_these_alone(given);
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  const int children = signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK);
  const pid_t supervisor = getpid();
  const pid_t command = fork();
  if (command == 0) become_command(plan, supervisor);
  if (command < 0) {
    report(plan.end, ProcessEnd::Kind::not_executed, errno);
    _exit(EXIT_FAILURE);
  }
  setpgid(command, command);  // here too, so that the group exists whichever process runs first
  close(plan.output);
  std::array<pollfd, 2> watched{pollfd{plan.lifeline, POLLIN, 0}, pollfd{children, POLLIN, 0}};
  while (true) {
    if (poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) break;
    signalfd_siginfo ignored;
    while (read(children, &ignored, sizeof ignored) > 0) {
    }
    if (reap(plan, command) || watched[0].revents != 0) break;
  }
  end_all(command);
  _exit(EXIT_SUCCESS);
}

// The rest runs in this process.

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "a pipe to the function cannot be made");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// Pointers to the texts, which must outlive them, and a final null pointer.
std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

std::string ProcessEnd::text() const {
  switch (kind) {
    case Kind::exited:
      return "exit status " + std::to_string(number);
    case Kind::signalled:
      return "signal " + std::to_string(number) + " (" + strsignal(number) + ")";
    case Kind::no_folder:
    case Kind::not_executed:
      break;
  }
  return std::generic_category().message(number);
}

SupervisedProcess::SupervisedProcess(const std::vector<std::string>& command,
                                     const std::vector<std::string>& environment,
                                     const std::string& working_directory) {
  std::array<int, 2> lifeline{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, lifeline.data()) != 0)
    throw std::system_error(errno, std::generic_category(),
                            "a line to the function's supervisor cannot be made");
  const Descriptor supervisors_end(lifeline[1]);
  lifeline_ = Descriptor(lifeline[0]);
  Pipe output = make_pipe();
  Pipe end = make_pipe();
  // Node answers before it has written what did not fit into the pipe, which would count as the next batch's.
  constexpr int most_without_privileges = 1 << 20;
  fcntl(output.read.number(), F_SETPIPE_SZ, most_without_privileges);
  fcntl(output.read.number(), F_SETFL, O_NONBLOCK);
  fcntl(end.read.number(), F_SETFL, O_NONBLOCK);
  const std::vector<char*> arguments = pointers_to(command);
  const std::vector<char*> variables = pointers_to(environment);
  const Plan plan{.command = arguments.data(),
                  .environment = variables.data(),
                  .working_directory = working_directory.empty() ? nullptr : working_directory.c_str(),
                  .lifeline = supervisors_end.number(),
                  .end = end.write.number(),
                  .output = output.write.number()};
  supervisor_ = fork();
  if (supervisor_ == 0) supervise(plan);
  if (supervisor_ < 0)
    throw std::system_error(errno, std::generic_category(), "the function's process cannot be made");
  output_ = std::move(output.read);
  end_ = std::move(end.read);
}

void SupervisedProcess::stop() noexcept {
  if (supervisor_ < 0) return;
  shutdown(lifeline_.number(), SHUT_RDWR);  // also where a copy of this process holds it too
  lifeline_.close();
  while (waitpid(supervisor_, nullptr, 0) < 0 && errno == EINTR) {
  }
  supervisor_ = -1;
}

}  // namespace batchproof::runtime_api
