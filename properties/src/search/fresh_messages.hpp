#pragma once

// What a verification and its fresh process send each other, as texts. A question is two messages: what is
// asked, and the event, which is bytes. While a stage runs there, messages say how far it has come.

#include <batchproof/properties/observation.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "child_process.hpp"
#include "finding.hpp"

namespace batchproof::properties {

/// The result of the judgement in a fresh process.
struct FreshAnswer {
  Observation run{};
  std::vector<Violation> violations{};  ///< empty when the law held
};

/// Before a question whose case must be the first one of the program itself, not of a copy.
inline constexpr std::string_view of_a_cold_start = "cold ";

/// Before the number of a stage that is to be run.
inline constexpr std::string_view of_a_stage = "stage ";

/// The first answer to that.
inline constexpr const char* stage_begins = "begun";

/// The case of the finding and those before it, with their schedules, and the verdicts that near misses got
/// alone. The event is the second message.
std::string question_about(const Finding& finding);

/// Gives the finding that was made of such a question what no saved case holds: schedules and learned
/// verdicts.
void add_what_is_not_saved(const std::string& question, Finding& finding);

/// The answer about a case that could not be judged, or ended the process: it has no violation.
std::string answer_of(const Observation& run);

/// The answer about a case that was judged on an event of this text.
std::string answer_of(const Finding& finding, const std::string& payload);

/// Reads an answer to the question about a finding.
FreshAnswer answer_in(const std::string& text, const Finding& finding);

/// That a copy of the program runs this step of the stage, for the progress alone.
std::string text_of_step(std::size_t step);
std::optional<std::size_t> step_in(std::string_view text);

/// In the stage of a program that may not be copied: where the program itself may end or hang.
struct StagePart {
  std::size_t step = 0;
  std::size_t parts = 0;  ///< as in `ChildEnd`
  std::chrono::milliseconds limit{0};
};
std::string text_of(const StagePart& part);
std::optional<StagePart> part_in(std::string_view text);

/// That the stage has ended, and how its process did that did not survive.
std::string text_of_end(const std::optional<ChildEnd>& end);
std::optional<ChildEnd> end_in(const std::string& text);

}  // namespace batchproof::properties
