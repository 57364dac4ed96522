#pragma once

// What the state in a function's answer says of a tumbling window. The state of a user's function has a form
// of its own, so it is compared with the state that the function gives to fewer records.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sent_batch.hpp"

namespace batchproof::blackbox {

/// The first records of a batch, to which the function must give the same state as to the whole batch, in
/// which this run reported a failure: those before the checkpoint or, where there are none, the record at the
/// checkpoint. Nothing where those are the whole batch, where no failure was reported, and for the last
/// invocation of a window, which may have a state of its own.
std::optional<SentBatch> records_of_state(const fixtures::BatchCase& batch_case, std::string_view payload,
                                          const fixtures::ProcessorClaims& claims,
                                          const properties::Observation& run);

/// `fixtures::part_of_window` with its event.
std::optional<SentBatch> sent_part_of_window(const fixtures::BatchCase& batch_case, std::string_view payload,
                                             std::size_t begin, std::size_t end,
                                             const std::optional<std::string>& state = std::nullopt,
                                             bool is_final = false);

/// The state in a response that reports no failure, as compact JSON; else nothing.
std::optional<std::string> state_without_failures(const std::string& response);

/// `state_without_failures` of the answer to the records [begin, end) of a batch, in an event with this
/// state.
using StateOfRecords =
    std::function<std::optional<std::string>(std::size_t begin, std::size_t end, const std::string& state)>;

/// What a function does with the state that it is given.
enum class UseOfState {
  goes_on,
  ignored,
  fails  ///< it fails with a state of its own
};

/// Compares the answers to `count` records, to the last of them, and to those before it, each in an event
/// with an empty state or with the state of the other part.
///
/// `fails`: the function fails the last record when it is given the state that it gave to the others, and
/// handles it after an empty one. `ignored`: it answers either part as after an empty state, and otherwise
/// than all of them at once. A function whose state is that of the last record alone answers all of them as
/// the last one, and one that compares invocations, such as their sizes, answers one of the two parts
/// otherwise. All of them get the same state before and after, so that no time has made the difference.
/// Invokes the function at most 7 times, and 3 times when it goes on with the state.
UseOfState use_of_state(std::size_t count, const StateOfRecords& state_of);

/// Whether the run answered with a state.
bool may_be_compared(const properties::Observation& run);

/// Whether the answers hold the same state.
bool have_same_state(const properties::Observation& one, const properties::Observation& other);

}  // namespace batchproof::blackbox
