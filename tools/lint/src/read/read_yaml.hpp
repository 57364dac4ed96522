#pragma once

#include <batchproof/lint/read_template.hpp>
#include <string_view>

namespace batchproof::lint {

/// The only document of a YAML text. Throws `TemplateError`.
ReadText read_yaml(std::string_view text);

}  // namespace batchproof::lint
