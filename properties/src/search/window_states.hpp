#pragma once

// Compares the states that the functions of a window answer: in one invocation and in several, and before and
// after another invocation.
//
//     const auto copy = states_in_copy(functions, payload, time_limit);  // before the run
//     if (copy && is_kept_in_memory(*copy, run)) ...
//     const std::string wrong = wrong_in_parts(functions, batch_case, run, records);

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/verify_window.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace batchproof::properties {

/// The functions of a window under test, and what resets their memory before an event comes another time.
/// Refers to both.
struct WindowFunctions {
  const AnswerWindow& answer;
  const std::function<void()>& before_each;
};

/// The states that a copy of this process answers when the event comes twice, as hashes.
struct StatesInCopy {
  std::string first;
  std::string second;
};

/// Only for a process that `may_be_copied`. Nothing where the copy ends, or takes longer than this for one of
/// the two. To be called before the run that is compared.
std::optional<StatesInCopy> states_in_copy(const WindowFunctions& functions, const std::string& payload,
                                           std::chrono::milliseconds time_limit);

/// Whether the state depends on what an earlier invocation left in memory. The copy was made before the run,
/// so its first answer must be that of the run; the second is another one after such an invocation. A time in
/// the state makes no such difference, since the run came last.
bool is_kept_in_memory(const StatesInCopy& copy, const Observation& run);

/// Hands the first records of the batch, which the run had, to the functions in several invocations, each
/// with the state that the one before answered, and then ends the window. Returns what is wrong, in a
/// sentence: nothing when the last state is that of the run, and when the state differs by chance, such as by
/// a time.
std::string wrong_in_parts(const WindowFunctions& functions, const fixtures::BatchCase& batch_case,
                           const Observation& run, std::size_t records);

}  // namespace batchproof::properties
