#pragma once

#include <batchproof/lint/node.hpp>
#include <map>
#include <string>
#include <vector>

namespace batchproof::lint {

/// What the `functions` of a serverless.yml become.
struct ServerlessFunctions {
  /// serverless makes an event source mapping of an event. The `resources` of the file may change it by its
  /// name ("Serverless Framework: AWS infrastructure resources").
  struct Event {
    std::string mapping;   ///< empty where its name is not known
    std::string function;  ///< the resource
    std::string name;      ///< of the event in the resource
  };

  Node resources;  ///< functions of SAM, by their names in the template that serverless makes
  std::vector<Event> events;

  /// What sets a property of CloudFormation for an event, where the event has no key for it.
  std::map<Place, std::string> extensions;
};

/// Translates the functions, and their events of type sqs, stream, msk and kafka ("Serverless Framework: AWS
/// events"). The variables of both arguments are resolved; a `timeout` of the provider that is not set is a
/// node of the kind `nothing`.
ServerlessFunctions functions_of_serverless(const Node& functions, const Node& timeout_of_provider);

}  // namespace batchproof::lint
