#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "terminal.hpp"

namespace batchproof::tools {

/// How many columns of a terminal the output of the command fills.
inline constexpr std::size_t widest_text = 80;

/// The text, broken at blanks so that it ends before that column; the lines after the first one begin in
/// column `indent`, where the first one is taken to begin. A longer word stays whole.
std::string wrapped(std::string_view text, std::size_t indent);

/// The lines of a report, with its sentences broken: those behind a label, such as "  violated  ", and others
/// that are indented by two columns. Tables, and what a reader may copy, stay whole: JSON, expected and
/// actual answers, and commands. For a terminal, expected and actual answers are broken between tokens,
/// and the command of the replay between its arguments, so that a copy of them means the same.
std::string wrapped_report(std::string_view report, Reader reader = Reader::file);

}  // namespace batchproof::tools
