#pragma once

#include <batchproof/fixtures/json_style.hpp>
#include <cstddef>
#include <string>

#include "draws.hpp"

namespace batchproof::generators {

/// Draws all that no law depends on. `plain` draws the simplest value of each kind instead, which is what a
/// counterexample shrinks to.
struct TextDraws {
  Draws draws;
  bool plain = false;
  bool complete = false;  ///< leaves out nothing that AWS always sends
};

/// Valid UTF-8 of all kinds: empty, escapes, quotes, control characters, NUL, emoji, several scripts, now and
/// then long.
std::string draw_text(TextDraws& draws);

/// The payload of a message: JSON, nested JSON, JSON within JSON, or text that is no JSON.
std::string draw_body(TextDraws& draws);

/// Any bytes, often none.
std::string draw_bytes(TextDraws& draws);

/// A name that no other index of the same prefix has, whatever is drawn.
std::string draw_name(TextDraws& draws, const char* prefix, std::size_t index);

/// Nothing special, or any of the ways in which JSON may be written.
fixtures::JsonStyle draw_style(TextDraws& draws);

}  // namespace batchproof::generators
