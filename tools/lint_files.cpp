#include "lint_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <batchproof/lint/read_template.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "read_input.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr InputLimit template_limit{lint::most_template_bytes >> 20U, "no template is larger"};

constexpr std::array<std::string_view, 4> template_extensions{".yaml", ".yml", ".json", ".template"};

bool has_template_extension(const fs::path& path) {
  const std::string extension = path.extension().string();
  return std::find(template_extensions.begin(), template_extensions.end(), extension) !=
         template_extensions.end();
}

/// Whether to read a file of a folder, which also has files that are not templates. A template with syntax
/// errors must be recognised too; other data that mentions the words is told when it is read.
bool looks_like_template(std::string_view text) {
  const auto has = [=](std::string_view part) { return text.find(part) != std::string_view::npos; };
  const auto has_line = [&](const std::string& key) { return text.starts_with(key) || has('\n' + key); };
  return (has("Resources") && has("AWS::")) || has("\"terraform_version\"") ||
         (has_line("service:") && has_line("functions:"));
}

bool is_left_out(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.starts_with('.') || name == "node_modules";
}

/// The files in a folder, and in `error` the reason when some of it could not be read.
std::vector<std::string> files_within(const std::string& folder, std::error_code& error) {
  std::vector<std::string> paths;
  fs::recursive_directory_iterator entry(folder, error);
  while (!error && entry != fs::recursive_directory_iterator()) {
    if (entry->is_directory(error)) {
      if (is_left_out(entry->path())) entry.disable_recursion_pending();
    } else if (has_template_extension(entry->path())) {
      paths.push_back(entry->path().string());
    }
    entry.increment(error);  // after an error the iterator is at its end
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// A file of a folder that is larger than any template, and does not look like one where it begins.
bool is_large_data(const std::string& path) {
  std::error_code error;
  if (fs::file_size(path, error) <= lint::most_template_bytes || error) return false;
  constexpr std::size_t enough_bytes = std::size_t{64} * 1024;
  std::string beginning(enough_bytes, ' ');
  std::ifstream(path, std::ios::binary)
      .read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return !looks_like_template(beginning);
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

/// The templates that were read, by the file that a path leads to.
using TemplatesRead = std::map<std::string, std::size_t>;

std::string file_of(const std::string& path) {
  std::error_code error;
  const fs::path file = path == "-" ? fs::path() : fs::canonical(path, error);
  return file.empty() ? path : file.string();
}

/// Returns the path that the template has in `files`: read a second time, by a folder and by its name, it
/// would be another template of the application, with event sources that also read the same queues.
std::string read(const std::string& path, bool is_from_folder, TemplatesRead& earlier, LintFiles& files) {
  if (is_from_folder && is_large_data(path)) return path;
  const std::string file = file_of(path);
  if (const auto found = earlier.find(file); found != earlier.end()) {
    lint::TemplateFile& read_before = files.templates[found->second];
    read_before.may_be_other_data = read_before.may_be_other_data && is_from_folder;
    return read_before.path;
  }
  read_or_refuse(path, files, [&] {
    std::string text = read_text(path, template_limit);
    if (is_from_folder && !looks_like_template(text)) return;
    earlier.emplace(file, files.templates.size());
    files.templates.push_back({path, std::move(text), is_from_folder});
  });
  return path;
}

}  // namespace

LintFiles read_lint_files(const std::vector<std::string>& paths) {
  LintFiles files;
  TemplatesRead earlier;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-" || !fs::is_directory(path, error)) {
      read(path, false, earlier, files);
      continue;
    }
    std::vector<std::string> found = files_within(path, error);
    for (std::string& file : found) file = read(file, true, earlier, files);
    if (error) {
      files.refused.push_back({path, fmt::format("cannot read all of {}: {}", path, error.message())});
    } else {
      files.folders.push_back({path, std::move(found)});
    }
  }
  return files;
}

std::string why_no_template(const std::string& folder) {
  return fmt::format(
      "no template found in {}: looked for those of CloudFormation, SAM and CDK, serverless.yml and the JSON "
      "of terraform show in its {} files, also of its subfolders, but not in hidden folders and node_modules",
      folder, fmt::join(template_extensions, ", "));
}

}  // namespace batchproof::tools
