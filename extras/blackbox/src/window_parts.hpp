#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "function_runs.hpp"
#include "sent_batch.hpp"

namespace batchproof::blackbox {

/// Hands parts of a batch to a function, in events of its window with states of the function's own. The
/// records keep the identifiers that they got in the batch. One thread at a time.
class WindowParts {
 public:
  /// A part, and the state in its event.
  struct Part {
    std::size_t begin;
    std::size_t end;
    std::string state;
    bool is_final = false;
  };

  /// All must outlive it. The payload must be an event of a window.
  WindowParts(FunctionRuns& runs, runtime_api::FunctionProcess& process,
              const fixtures::BatchCase& batch_case, std::string_view payload, const RenamedBatch& names)
      : runs_(runs), process_(process), batch_case_(batch_case), payload_(payload), names_(names) {}

  std::size_t records() const noexcept { return batch_case_.records.size(); }

  /// In the process of the batch; in a new one if that has ended, as by a state of its own.
  FunctionRun here(const Part& part);
  FunctionRun anew(const Part& part);

  // The state in an answer that reports no failure, as compact JSON; else nothing.
  std::optional<std::string> state_here(const Part& part);
  std::optional<std::string> state_anew(const Part& part);

  /// Of the second part, which a new process gets behind the first.
  std::optional<std::string> state_behind(const Part& first, const Part& second);

 private:
  SentBatch sent(const Part& part) const;

  FunctionRuns& runs_;
  runtime_api::FunctionProcess& process_;
  const fixtures::BatchCase& batch_case_;
  std::string_view payload_;
  const RenamedBatch& names_;
};

}  // namespace batchproof::blackbox
