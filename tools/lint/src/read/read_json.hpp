#pragma once

#include <batchproof/lint/read_template.hpp>
#include <string_view>

namespace batchproof::lint {

/// Reads JSON. Throws `TemplateError`.
ReadText read_json(std::string_view text);

}  // namespace batchproof::lint
