#pragma once

#include <string>

#include "command_description.hpp"

namespace batchproof::tools {

/// A complete script for the shell that completes commands, options, their values and files.
std::string bash_completion(const ProgramDescription& program);
std::string zsh_completion(const ProgramDescription& program);
std::string fish_completion(const ProgramDescription& program);

}  // namespace batchproof::tools
