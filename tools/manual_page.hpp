#pragma once

#include <string>

#include "command_description.hpp"

namespace batchproof::tools {

/// The page batchproof(1) of all commands, as `man` reads it (the macros of man(7)).
std::string manual_page(const ProgramDescription& program);

/// The same as Markdown, for the site.
std::string manual_markdown(const ProgramDescription& program);

}  // namespace batchproof::tools
