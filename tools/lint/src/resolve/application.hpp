#pragma once

#include <batchproof/lint/read_template.hpp>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/for_each.hpp"

namespace batchproof::lint {

/// The templates that are linted together: one may import another's exports, or be a nested stack of another.
class Application {
 public:
  explicit Application(GivenParameters parameters = {}) : parameters_(std::move(parameters)) {}
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Adds a template, and returns the index for its places. `path` is only compared.
  int add(Template made, const std::string& path);

  /// Connects exports and nested stacks with the added templates. Call it once, after the last.
  void link();

  int files() const { return static_cast<int>(files_.size()); }
  const Template& file(int index) const { return files_[static_cast<std::size_t>(index)].made; }
  const Node& root(int index) const { return file(index).root; }

  /// The resource of this logical id; null when there is none.
  const Node::Entry* resource(int index, std::string_view id) const;

  /// The user's value for a parameter; null when there is none.
  const std::string* given_parameter(const std::string& name) const;

  /// A value in a template.
  struct Reference {
    int file = 0;
    const Node* value = nullptr;
  };

  /// The value that one of the templates exports under a name, which is an identity (see `Value`).
  std::optional<Reference> exported(const std::string& name) const;

  /// The value of a parameter that the only nesting template passes.
  std::optional<Reference> passed_parameter(int index, const std::string& name) const;

  /// The output of a nested stack.
  std::optional<Reference> output(int index, const std::string& stack, const std::string& name) const;

 private:
  struct File {
    Template made;
    std::string path;
    std::map<std::string_view, const Node::Entry*> resources{};
    std::map<std::string, int, std::less<>> children{};  ///< nested stacks by their logical ids
    std::vector<Reference> callers{};                    ///< the parameters that each nesting template passes
  };

  void link_stacks(int index);
  void link_exports(int index);

  GivenParameters parameters_;
  std::deque<File> files_;
  std::map<std::string, Reference> exports_;
};

}  // namespace batchproof::lint
