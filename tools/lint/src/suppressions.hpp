#pragma once

#include <batchproof/lint/lint.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// The findings that a template ignores. A comment `# batchproof: ignore RULE because REASON`, in a line or
/// above it, applies to the value there; `Metadata: {batchproof: {ignore: {RULE: REASON}}}` to the template
/// or the resource.
class Suppressions {
 public:
  /// Adds notes about entries that it does not understand.
  Suppressions(std::string_view text, const Node& root, std::vector<Note>& notes);

  /// The reason to ignore this finding; null when there is none.
  const std::string* find(const Finding& finding) const;

 private:
  struct Suppression {
    std::string rule;
    std::string reason;
    int first_line = 0;
    int last_line = 0;
  };

  void read_comment(std::string_view comment, Place place, int target, const Node& root,
                    std::vector<Note>& notes);
  void read_metadata(const Node& owner, int first_line, int last_line, std::vector<Note>& notes);
  /// Adds it, or a note about it.
  void add(Suppression one, Place place, std::vector<Note>& notes);

  std::vector<Suppression> suppressions_;
};

}  // namespace batchproof::lint
