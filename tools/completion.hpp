#pragma once

#include <string>

#include "command_description.hpp"

namespace batchproof::tools {

/// A script for the shell that completes commands, options, their values and files; each is whole.
std::string bash_completion(const ProgramDescription& program);
std::string zsh_completion(const ProgramDescription& program);
std::string fish_completion(const ProgramDescription& program);

}  // namespace batchproof::tools
