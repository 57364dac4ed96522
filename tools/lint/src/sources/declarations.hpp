#pragma once

// Finds the resource that a property of another one names: by its logical id, its name or its ARN.
//
//     const Declarations declarations(application);
//     const Declared declared = declarations.queue(target, resolver);

#include <map>
#include <string>
#include <vector>

#include "resolve/resolver.hpp"

namespace batchproof::lint {

/// A resource that a template declares.
struct Declared {
  std::string id{};  ///< empty when there is none
  Place place{};
  std::string type{};
  const Node* properties = nullptr;  ///< null when it has none
  std::string condition{};           ///< empty when it has none
  int file = 0;

  bool is_function() const { return type == "AWS::Serverless::Function" || type == "AWS::Lambda::Function"; }
  bool is_queue() const { return type == "AWS::SQS::Queue"; }
};

Declared declared_resource(const Node::Entry& entry);

/// The resources of an application, by their logical ids and by their given names. Refers to the application,
/// which must outlive it.
class Declarations {
 public:
  explicit Declarations(const Application& application);

  /// The resource of any type that a value names by its logical id, or the queue that an ARN names.
  Declared queue(const Value& value, const Resolver& resolver) const;

  /// The function that a value names, by a version or an alias, or by its name or ARN.
  Declared function(const Value& value, const Resolver& resolver) const;

  /// The resource that a value names by its logical id. Nothing when there is none.
  Declared resource(const Value& value) const;

 private:
  using Names = std::map<std::string, std::vector<const Node::Entry*>>;
  using Made = std::map<Choices::Name, std::string>;

  /// Resources by the identities of their names.
  struct Index {
    Names queues;
    Names functions;

    const Names& of(bool is_queue) const { return is_queue ? queues : functions; }
  };

  Declared of_name(bool is_queue, const std::string& name, const Resolver& resolver) const;
  bool may_be_own_queue(const std::vector<std::string>& arn) const;
  void add_names(int file, Choices& choices, Index& index) const;
  const Index& index_of(const Resolver& resolver) const;
  void add_arns(const Node& node);

  const Application* application_;
  Index index_;                                                 ///< of all files, with no choice made
  mutable std::map<std::pair<int, Made>, Index> made_indexes_;  ///< of a file, with choices made

  /// The regions and accounts in the literal ARNs with a queue's name: several cannot all be the template's
  /// own.
  std::map<std::string, std::vector<std::string>> written_arns_;
};

/// The part of an ARN at this index; empty when the text is not an ARN with that part.
std::string part_of_arn(const Value& arn, std::size_t index);

}  // namespace batchproof::lint
