#pragma once

// A command under a supervisor, which ends it when this program ends:
//
//   this program --lifeline--> supervisor --> command --> whatever it starts
//
// The supervisor is a copy of this process that runs no user code. It is the "subreaper": processes below it
// that lose their parent become its children, so that it finds and ends those too that left the process
// group. It has a session of its own, so that Ctrl-C does not reach it, and ends everything as soon as the
// lifeline closes, by `stop` or because this program was killed. Boost.Process has no such supervisor:
// processes that the command started would survive it.
//
//     SupervisedProcess process(function.command, environment, function.working_directory);
//     process.output();  // readable when the command printed anything

#include <sys/types.h>

#include <string>
#include <vector>

#include "descriptor.hpp"

namespace batchproof::runtime_api {

/// How the command ended, as the supervisor reports it.
struct ProcessEnd {
  enum class Kind : int { no_folder, not_executed, exited, signalled };  ///< no folder: to run in
  Kind kind = Kind::exited;
  int number = 0;  ///< of the error, the exit status or the signal

  /// "exit status 1", "signal 9 (Killed)" or "No such file or directory".
  std::string text() const;
};

class SupervisedProcess {
 public:
  /// Throws `std::system_error` when the system has no process or descriptor left. A command that cannot be
  /// executed, or whose folder is missing, does not throw: its end says so.
  SupervisedProcess(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                    const std::string& working_directory);
  SupervisedProcess(const SupervisedProcess&) = delete;
  SupervisedProcess& operator=(const SupervisedProcess&) = delete;
  ~SupervisedProcess() { stop(); }

  /// Readable, without blocking, when the command printed anything; closed when all processes have ended.
  Descriptor& output() noexcept { return output_; }

  /// Readable, without blocking, when there is a `ProcessEnd`.
  Descriptor& end() noexcept { return end_; }

  /// Ends the command and all that it started, and waits for that.
  void stop() noexcept;

 private:
  Descriptor lifeline_;
  Descriptor output_;
  Descriptor end_;
  pid_t supervisor_ = -1;
};

}  // namespace batchproof::runtime_api
