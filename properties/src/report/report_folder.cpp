#include "report_folder.hpp"

#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/report_folder.hpp>
#include <cctype>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <utility>

namespace batchproof::properties {
namespace {

std::function<std::string()>& namer() {
  static std::function<std::string()> name;
  return name;
}

std::string name_of_program() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "" : path.filename().string();
}

std::string name_of_report() {
  std::string name = namer() ? namer()() : "";
  if (name.empty()) name = name_of_program();
  return name.empty() ? "report" : name;
}

/// The name as a file name: names of tests with parameters have slashes.
std::string stem_for(std::string name) {
  for (char& character : name) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '.' ||
                          character == '_' || character == '-';
    if (!is_plain) character = '_';
  }
  static std::map<std::string, int> uses;
  const int nth = ++uses[name];
  return nth == 1 ? name : name + "-" + std::to_string(nth);
}

}  // namespace

void name_reports(std::function<std::string()> name) { namer() = std::move(name); }

void write_report_if_asked(const Report& report, std::vector<fixtures::Source> sources) {
  const char* const folder = std::getenv("BATCHPROOF_REPORT");
  if (folder == nullptr || *folder == '\0') return;
  try {
    const std::string name = name_of_report();
    const NamedReport named{.subject = name, .mode = "", .sources = std::move(sources), .report = report};
    write_conformance(folder, {&named, 1}, stem_for(name));
  } catch (const std::exception& error) {
    std::cerr << "batchproof: " << error.what() << '\n';
  }
}

}  // namespace batchproof::properties
