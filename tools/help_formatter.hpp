#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace batchproof::tools {

/// Writes `--help` in 80 columns. What each option excludes is left to the manual page, and to the error.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* app) const override;
};

}  // namespace batchproof::tools
