#pragma once

#include <batchproof/lint/resolve.hpp>
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

/// The resource that a value names, by its logical id; or, by an ARN that is written out, the one of this
/// type whose property `name_key` is the ARN's last part.
Declared find_declared(const Resolver& resolver, const Value& value, std::string_view type,
                       std::string_view name_key);

/// The same for functions, through their versions and aliases.
Declared find_function(const Resolver& resolver, const Value& value);

/// The properties, resolved where the resource's own condition holds. The resolver must outlive them.
Resolver resolver_for(const Resolver& resolver, const Declared& declared);

/// The part of an ARN at this index; empty when the text is no ARN that has it.
std::string part_of_arn(const Value& arn, std::size_t index);

}  // namespace batchproof::lint
