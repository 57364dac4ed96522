#include "lint_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <batchproof/lint/read_template.hpp>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "read_input.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr InputLimit template_limit{lint::most_template_bytes >> 20U, "no template is larger"};

bool has_template_extension(const fs::path& path) {
  constexpr std::array<std::string_view, 4> extensions{".yaml", ".yml", ".json", ".template"};
  const std::string extension = path.extension().string();
  return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

/// Whether to read a file of a folder, which also has files that are not templates. A template with syntax
/// errors must be recognised too.
bool looks_like_template(std::string_view text) {
  const auto has = [=](std::string_view part) { return text.find(part) != std::string_view::npos; };
  return (has("Resources") && has("AWS::")) || has("\"terraform_version\"") ||
         (has("service:") && has("functions:"));
}

bool is_left_out(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.starts_with('.') || name == "node_modules";
}

std::vector<std::string> files_within(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  if (error) throw UsageError(fmt::format("cannot read {}: {}", folder, error.message()));
  for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (error) throw UsageError(fmt::format("cannot read {}: {}", folder, error.message()));
    if (entry->is_directory(error)) {
      if (is_left_out(entry->path())) entry.disable_recursion_pending();
    } else if (has_template_extension(entry->path()) &&
               entry->file_size(error) <= lint::most_template_bytes && !error) {
      paths.push_back(entry->path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Does it, unless that throws: then the path is refused with the reason.
template <class Read>
void read_or_refuse(const std::string& path, LintFiles& files, const Read& read) {
  try {
    read();
  } catch (const UsageError& error) {
    files.refused.push_back({path, error.what()});
  }
}

void read(const std::string& path, bool is_from_folder, LintFiles& files) {
  read_or_refuse(path, files, [&] {
    std::string text = read_input(path, template_limit);
    if (!is_from_folder || looks_like_template(text)) files.templates.push_back({path, std::move(text)});
  });
}

}  // namespace

LintFiles read_lint_files(const std::vector<std::string>& paths) {
  LintFiles files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-" || !fs::is_directory(path, error)) {
      read(path, false, files);
      continue;
    }
    read_or_refuse(path, files, [&] {
      for (const std::string& file : files_within(path)) read(file, true, files);
    });
  }
  return files;
}

}  // namespace batchproof::tools
