#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// The meaning of a text, shown as a colour.
enum class Tone { plain, good, bad, caution, faint };

/// True for a terminal; false if NO_COLOR (no-color.org) or a dumb terminal forbids colour.
bool wants_colour(std::FILE* stream);

std::string paint(std::string_view text, Tone tone, bool colour);

/// The text with control characters (see `is_control`) and bytes that are not UTF-8 as `\xHH` or `\uHHHH`, so
/// that an event cannot control the terminal, nor show its text in another order.
std::string printable(std::string_view text);

/// The same for each line of a text, with its line ends.
std::string printable_lines(std::string_view text);

/// The columns that valid UTF-8 needs, with each character counted as one.
std::size_t width(std::string_view text);

/// The text, of valid UTF-8, with "..." in its middle or at its end when it is wider than `most`.
std::string shorten_middle(std::string_view text, std::size_t most);
std::string shorten_end(std::string_view text, std::size_t most);

}  // namespace batchproof::tools
