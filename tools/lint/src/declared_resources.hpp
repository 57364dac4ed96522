#pragma once

#include <batchproof/lint/resolve.hpp>
#include <map>
#include <string>
#include <string_view>

namespace batchproof::lint {

/// What the template says of one of its resources.
struct Declared {
  std::string id{};  ///< empty when there is none
  Place place{};
  std::string type{};
  const Node* properties = nullptr;  ///< null when it has none
  std::string condition{};           ///< empty when it has none
};

Declared declared_resource(const Node::Entry& entry);

/// The resources of a template, by their logical ids and by the names that they are given. Keeps a reference
/// to the resolver.
class Declarations {
 public:
  explicit Declarations(const Resolver& resolver);

  /// The resource that a value names by its logical id, of whichever type; or the queue that an ARN names.
  Declared queue(const Value& value) const;

  /// The function that a value names, through its versions and aliases, or by its name or ARN.
  Declared function(const Value& value) const;

  /// Nothing when there is none.
  Declared of_id(const std::string& id) const;

 private:
  Declared of_name(const std::map<std::string, std::string>& ids, const std::string& name) const;

  const Resolver* resolver_;
  std::map<std::string, const Node::Entry*> entries_;
  std::map<std::string, std::string> queue_ids_;  ///< by their names
  std::map<std::string, std::string> function_ids_;
};

/// The properties, resolved where the resource's own condition holds. The resolver must outlive them.
Resolver resolver_for(const Resolver& resolver, const Declared& declared);

/// The part of an ARN at this index; empty when the text is no ARN that has it.
std::string part_of_arn(const Value& arn, std::size_t index);

}  // namespace batchproof::lint
