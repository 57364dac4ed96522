#pragma once

// The names that serverless gives what it makes of a function, by which its file may change that ("Serverless
// Framework: AWS infrastructure resources").

#include <batchproof/lint/node.hpp>
#include <string>
#include <string_view>

namespace batchproof::lint {

/// What the names of all that belongs to a function begin with: "SortDashparcels" of "sort-parcels".
std::string logical_name(std::string_view function);

/// The name of the event source mapping of an event, with the type that SAM gives the event, such as "SQS",
/// and the topic of Kafka. Empty where a variable is a part of it.
std::string mapping_name(const std::string& function, std::string_view type, const Node& arn,
                         std::string_view topic);

}  // namespace batchproof::lint
