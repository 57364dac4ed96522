#pragma once

// The fresh process itself: a program that was executed again for a test, or a copy of one, which judges the
// cases that it is asked about.

#include <span>
#include <string>

#include "stages.hpp"

namespace batchproof::properties {

/// The variable by which a program knows that it was executed again, and its value: the socket of the
/// questions, and the name of the verification that they are about.
inline constexpr const char* executed_again_variable = "BATCHPROOF_EXECUTED_AGAIN";
std::string executed_again_value(int socket, const std::string& verification);

/// In a child process that is to become a fresh one: it prints and reads nothing, ends with its parent, and
/// leads a group, which the parent ends as a whole, since a test that ends here does not stop what its
/// fixture started, such as a server. It may run between fork and exec.
void begin_fresh_process() noexcept;

/// Answers the questions that come from this socket until it is closed, and ends the process. Makes a copy of
/// the process for each question, or, where that may not be copied, answers one question itself.
[[noreturn]] void serve_as_fresh_process(const VerificationPlan& plan, int socket);

/// Names the verification that begins by its laws, and by the number of verifications with the same laws
/// before it in the running test. A program that is executed again for this test gives it the same name.
std::string begin_verification(std::span<const Law> laws);

/// In a program that was executed again: `serve_as_fresh_process` when the questions are about the
/// verification of this name; returns if they are about another one.
void serve_if_asked_for(const VerificationPlan& plan, const std::string& verification);

}  // namespace batchproof::properties
