#pragma once

// Checks of a Markdown text: every block of code is part of a program that runs, every link has a target.

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "../read_file.hpp"

namespace batchproof {

inline const std::filesystem::path project = BATCHPROOF_SOURCE_DIR;

/// A fenced block. The comment before it names its file.
struct CodeBlock {
  std::size_t line = 0;  ///< where it begins, from 1
  std::string language;
  std::optional<std::string> source{};  ///< of `<!-- examples/hooks.cpp -->`
  std::optional<std::string> output{};  ///< of `<!-- output of examples/hooks -->`
  bool is_whole_output = true;          ///< not `<!-- part of the output of examples/hooks -->`
  std::vector<std::string> lines{};
};

struct Document {
  std::vector<CodeBlock> blocks;
  std::vector<std::string> links;    ///< targets, those on the web left out
  std::vector<std::string> anchors;  ///< of the headings, such as "full-batch-failure"
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The anchor that a heading gets: lower case, blanks as hyphens, no punctuation.
inline std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char character : heading) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isalnum(byte) != 0 || character == '_' || character == '-') {
      anchor += static_cast<char>(std::tolower(byte));
    } else if (character == ' ') {
      anchor += '-';
    }
  }
  return anchor;
}

inline Document read_document(const std::string& markdown) {
  static const std::regex source_comment("<!-- ([^ ]+) -->");
  static const std::regex output_comment("<!-- (part of the )?output of ([^ ]+) -->");
  static const std::regex heading("#+ (.*)");
  static const std::regex link(R"(\]\(([^)]+)\))");
  Document document;
  const std::vector<std::string> lines = lines_of(markdown);
  std::string before;  // the last line that was not blank
  std::string fence;   // of the block that is open, such as "```"
  for (std::size_t index = 0; index < lines.size(); ++index) {
    const std::string& line = lines[index];
    const std::string trimmed = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    std::smatch match;
    if (!fence.empty()) {
      if (trimmed == fence) {
        fence.clear();
      } else {
        document.blocks.back().lines.push_back(line);
      }
    } else if (trimmed.starts_with("```")) {
      fence = trimmed.substr(0, std::min(trimmed.find_first_not_of('`'), trimmed.size()));
      document.blocks.push_back({.line = index + 1, .language = trimmed.substr(fence.size())});
      if (std::regex_match(before, match, output_comment)) {
        document.blocks.back().is_whole_output = match[1].length() == 0;
        document.blocks.back().output = match[2];
      } else if (std::regex_match(before, match, source_comment)) {
        document.blocks.back().source = match[1];
      }
    } else {
      if (std::regex_match(line, match, heading)) document.anchors.push_back(anchor_of(match[1]));
      for (std::sregex_iterator at(line.begin(), line.end(), link), end; at != end; ++at) {
        const std::string target = (*at)[1];
        if (target.find("://") == std::string::npos) document.links.push_back(target);
      }
    }
    if (!trimmed.empty()) before = trimmed;
  }
  return document;
}

/// Takes away the blanks that all lines begin with.
inline std::vector<std::string> without_indentation(std::vector<std::string> lines) {
  std::size_t indentation = std::string::npos;
  for (const std::string& line : lines) indentation = std::min(indentation, line.find_first_not_of(' '));
  for (std::string& line : lines) {
    if (!line.empty() && indentation != std::string::npos) line.erase(0, indentation);
  }
  return lines;
}

/// True when the lines stand one after the other somewhere in the file, all of them indented alike.
inline bool is_part_of(const std::vector<std::string>& lines, const std::vector<std::string>& file) {
  const auto wanted = without_indentation(lines);
  for (std::size_t begin = 0; begin + lines.size() <= file.size(); ++begin) {
    const auto first = file.begin() + static_cast<std::ptrdiff_t>(begin);
    if (without_indentation({first, first + static_cast<std::ptrdiff_t>(lines.size())}) == wanted)
      return true;
  }
  return false;
}

}  // namespace batchproof
