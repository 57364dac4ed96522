#pragma once

#include <batchproof/lint/node.hpp>
#include <string_view>

namespace batchproof::lint {

/// Reads JSON. Throws `TemplateError`.
Node read_json(std::string_view text);

}  // namespace batchproof::lint
