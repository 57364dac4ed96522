#pragma once

// Puts together the parts of a template that a serverless.yml describes.

#include <batchproof/lint/node.hpp>
#include <string>
#include <string_view>

namespace batchproof::lint {

/// Adds the entry to a map. An entry that is there already is merged with it map by map, as serverless merges
/// `resources` over what it makes of the functions ("Serverless Framework: AWS infrastructure resources").
void merge(Node& to, const Node::Entry& entry);

/// Adds a note to a map, which tells that the linter does not read a part of the file.
void add_note(Node& to, std::string text, Place place);

/// The note that `what`, in the plural, comes from elsewhere.
void add_unread(Node& to, std::string_view what, const Node& variable, Place place);

}  // namespace batchproof::lint
