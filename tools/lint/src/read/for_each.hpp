#pragma once

#include <batchproof/lint/node.hpp>
#include <map>
#include <string>

namespace batchproof::lint {

/// Values of parameters that were given, by name.
using GivenParameters = std::map<std::string, std::string, std::less<>>;

/// Writes out each `Fn::ForEach` over a list that is written in the template, or is a parameter with a
/// default
/// ("Fn::ForEach", AWS::LanguageExtensions). Others stay as they are, as do those that would make the
/// template too large.
void expand_for_each(Node& root, const GivenParameters& given);

}  // namespace batchproof::lint
