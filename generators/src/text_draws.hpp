#pragma once

#include <batchproof/fixtures/json_style.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "draws.hpp"

// Random texts and names of records.

namespace batchproof::generators {

/// Draws the values that no law depends on. `plain` draws the simplest value of each kind instead, which is
/// what a counterexample shrinks to.
struct TextDraws {
  Draws draws;
  bool plain = false;
  bool complete = false;                  ///< leaves out nothing that AWS always sends
  std::size_t largest_size_bytes = 4096;  ///< of any text or bytes that are drawn here
};

/// Valid UTF-8 of all kinds: empty, escapes, quotes, control characters, NUL, emoji, several scripts;
/// sometimes long.
std::string draw_text(TextDraws& draws);

/// Valid UTF-8 of exactly the largest size, unless plain.
std::string draw_largest_text(TextDraws& draws);

/// The payload of a message: JSON, nested JSON, JSON within JSON, or text that is not JSON.
std::string draw_body(TextDraws& draws);

/// Any bytes, often none.
std::string draw_bytes(TextDraws& draws);

/// Nothing for the most part, or a text that parts itself from digits before it.
std::string draw_suffix(TextDraws& draws);

/// A name that is unique for its prefix and index.
std::string draw_name(TextDraws& draws, const char* prefix, std::size_t index);

/// The traits that all records of one batch share. They are drawn first.
struct BatchTraits {
  bool plain_names = false;  ///< the names of groups differ in their numbers alone
};

/// Names of the groups of one batch. Those of another batch are others, unless plain: what a processor keeps
/// of one random batch then changes nothing of the next, and what is found there is found again.
class GroupNames {
 public:
  /// Each group has something of its own after its number, or all have the `same`.
  GroupNames(TextDraws& draws, const char* prefix, bool same);

  std::string name(std::size_t group) const;

 private:
  std::string prefix_;
  std::vector<std::string> suffixes_;
};

/// Nothing special, or any of the ways in which JSON may be written.
fixtures::JsonStyle draw_style(TextDraws& draws);

}  // namespace batchproof::generators
