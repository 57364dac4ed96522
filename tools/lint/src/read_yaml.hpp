#pragma once

#include <batchproof/lint/node.hpp>
#include <string_view>

namespace batchproof::lint {

/// The one document of a YAML text. Throws `TemplateError`.
Node read_yaml(std::string_view text);

}  // namespace batchproof::lint
