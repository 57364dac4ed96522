#include "merge_notes.hpp"

#include <algorithm>
#include <batchproof/properties/claims_on_run.hpp>
#include <cstddef>
#include <optional>

namespace batchproof::properties {
namespace {

/// The place in `claims_on_logs`; nothing for another note.
std::optional<std::size_t> strength_of(const std::string& note) {
  for (std::size_t strength = 0; strength < claims_on_logs.size(); ++strength)
    if (note.starts_with(claims_on_logs[strength])) return strength;
  return std::nullopt;
}

bool judged_a_case(const Report& shard) {
  return shard.cases() > 0 || shard.small_cases() > 0 || shard.saved_cases() > 0;
}

/// Whether each shard that judged a case has such a note.
template <class IsSuch>
bool have_all(const std::vector<const Report*>& shards, const IsSuch& is_such) {
  return std::all_of(shards.begin(), shards.end(), [&](const Report* shard) {
    return !judged_a_case(*shard) || std::any_of(shard->notes().begin(), shard->notes().end(), is_such);
  });
}

bool is_refuted(const std::string& note, const std::vector<const Report*>& shards) {
  if (const auto strength = strength_of(note)) {
    return !have_all(shards, [&](const std::string& other) {
      return strength_of(other) && *strength_of(other) >= *strength;
    });
  }
  return note.starts_with(state_never_changes) &&
         !have_all(shards, [&](const std::string& other) { return other == note; });
}

/// Shards may quote different examples of what the expression found.
bool is_there(const std::string& note, const std::vector<std::string>& notes) {
  return std::any_of(notes.begin(), notes.end(), [&](const std::string& other) {
    return other == note || (strength_of(note) && strength_of(other) == strength_of(note));
  });
}

}  // namespace

std::vector<std::string> merge_notes(const std::vector<const Report*>& shards) {
  std::vector<std::string> notes;
  for (const Report* const shard : shards) {
    for (const std::string& note : shard->notes())
      if (!is_refuted(note, shards) && !is_there(note, notes)) notes.push_back(note);
  }
  return notes;
}

}  // namespace batchproof::properties
