#pragma once

// Judges a counterexample again in a process that has run no batch, where no earlier batch can have left a
// state behind.
//
//     FreshProcess fresh(plan, begin_verification(plan.laws));
//     const std::optional<FreshAnswer> answer = fresh.judge(finding);

#include <array>
#include <batchproof/properties/report.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "child_process.hpp"
#include "finding.hpp"
#include "fresh_messages.hpp"
#include "stages.hpp"

namespace batchproof::properties {

/// This program executed again, if it can be narrowed to the running test: it reaches the same verification,
/// and there judges only the cases it is asked about. Otherwise a copy of this process (fork), made at once,
/// before the first case, if it may be copied. Either makes a copy of itself for each question, so that no
/// answer depends on an earlier one; a program that may not be copied answers one question itself, and ends.
class FreshProcess {
 public:
  /// `verification` is the name of this one, from `begin_verification`. The plan must outlive this object.
  FreshProcess(const VerificationPlan& plan, std::string verification);
  FreshProcess(const FreshProcess&) = delete;
  FreshProcess& operator=(const FreshProcess&) = delete;
  ~FreshProcess();

  Confirmation kind() const noexcept { return kind_; }

  /// Judges the case of the finding by its law, after its earlier cases. Returns nothing when no answer comes
  /// in time.
  std::optional<FreshAnswer> judge(const Finding& finding);

  /// Whether no answer to the last question came.
  bool is_silent() const noexcept { return is_silent_; }

  /// Runs all cases of a stage in a child process of the fresh one. Returns how that ended, if it did not
  /// survive; nothing when no answer comes. Calls `waits` with the step that runs there.
  std::optional<std::optional<ChildEnd>> run_stage(std::size_t stage, const Waits& waits);

 private:
  void fork_now();
  void execute_again();
  /// This process keeps the first end of the socket, the child has the second.
  void adopt(int child, const std::array<int, 2>& ends) noexcept;
  void stop() noexcept;
  bool has_ended() const noexcept;
  /// How the process ended that no longer answers.
  std::string end_of_process(std::chrono::milliseconds limit);
  std::optional<std::string> ask(const std::string& question, const std::string& payload,
                                 std::chrono::milliseconds patience);
  std::optional<std::string> receive(std::chrono::milliseconds patience);

  const VerificationPlan& plan_;
  std::string verification_;
  int owner_;  // the process that made it
  Confirmation kind_;
  int socket_ = -1;
  int process_ = -1;
  std::string last_end_{};  // of the process that did not answer
  bool is_silent_ = false;
  bool ends_here_ = false;  // the process ended in a case that it ran itself
};

}  // namespace batchproof::properties
