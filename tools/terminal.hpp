#pragma once

#include <batchproof/fixtures/printable.hpp>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// The meaning of a text, shown as a colour.
enum class Tone { plain, good, bad, caution, faint };

/// Where a text is read. In a file, or behind a pipe, JSON and commands stay whole, so that other programs
/// find them.
enum class Reader { file, terminal };

/// Who reads what is written to the stream.
Reader reader_of(std::FILE* stream);

/// True for a terminal; false if NO_COLOR (no-color.org) or a dumb terminal forbids colour.
bool wants_colour(std::FILE* stream);

std::string paint(std::string_view text, Tone tone, bool colour);

using fixtures::printable;

/// The columns that valid UTF-8 needs, with each character counted as one.
std::size_t width(std::string_view text);

/// The text, of valid UTF-8, with "..." in its middle or at its end when it is wider than `most`.
std::string shorten_middle(std::string_view text, std::size_t most);
std::string shorten_end(std::string_view text, std::size_t most);

}  // namespace batchproof::tools
