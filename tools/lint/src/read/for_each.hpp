#pragma once

#include <batchproof/lint/node.hpp>
#include <map>
#include <string>

namespace batchproof::lint {

/// The given values of parameters, by name.
using GivenParameters = std::map<std::string, std::string, std::less<>>;

/// Expands each `Fn::ForEach` over a list that is written in the template, or is a parameter with a default
/// ("Fn::ForEach", AWS::LanguageExtensions). Others stay unchanged, and so do those that would make the
/// template too large.
void expand_for_each(Node& root, const GivenParameters& given);

}  // namespace batchproof::lint
