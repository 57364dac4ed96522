// The namespaces that the sources of the components open; docs/versioning.md says why.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <batchproof/version.hpp>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"

namespace batchproof {
namespace {

namespace fs = std::filesystem;

const std::string of_this_version = "namespace batchproof::inline v" +
                                    std::to_string(BATCHPROOF_VERSION_MAJOR) + "_" +
                                    std::to_string(BATCHPROOF_VERSION_MINOR);

/// The kit's own namespaces. The kit consists of static libraries, which are built anew with each version.
constexpr std::array<std::string_view, 7> of_the_kit{"blackbox",   "effects",     "fixtures", "generators",
                                                     "properties", "runtime_api", "simulator"};

/// True when a component may begin a namespace by this line.
bool may_open(const std::string& line) {
  if (line.starts_with(of_this_version)) {
    const char next = line[std::min(of_this_version.size(), line.size() - 1)];
    return next == ' ' || next == ':';
  }
  return std::any_of(of_the_kit.begin(), of_the_kit.end(), [&](std::string_view name) {
    const std::string begin = "namespace batchproof::" + std::string(name);
    return line == begin + " {" || line.starts_with(begin + "::");
  });
}

std::vector<fs::path> sources_of_components() {
  std::vector<fs::path> components{project};
  for (const char* const floor : {"fixtures", "generators", "properties", "simulator"})
    components.push_back(project / floor);
  for (const auto& extra : fs::directory_iterator(project / "extras")) components.push_back(extra.path());
  std::vector<fs::path> sources;
  for (const fs::path& component : components) {
    for (const char* const part : {"include", "src"}) {
      if (!fs::exists(component / part)) continue;
      for (const auto& entry : fs::recursive_directory_iterator(component / part)) {
        if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp")
          sources.push_back(entry.path());
      }
    }
  }
  return sources;
}

TEST(Namespaces, OfTheLibraryBearItsMinorVersion) {
  std::size_t versioned = 0;
  for (const fs::path& source : sources_of_components()) {
    for (const std::string& line : lines_of(read_file(source))) {
      if (!line.starts_with("namespace batchproof") && !line.starts_with("inline namespace")) continue;
      EXPECT_TRUE(may_open(line)) << fs::relative(source, project) << " has `" << line << "` in place of `"
                                  << of_this_version << " {`";
      if (line.starts_with(of_this_version)) ++versioned;
    }
  }
  EXPECT_GT(versioned, 150U);
}

TEST(NamespacesChecks, RefuseALineWithoutTheVersion) {
  EXPECT_TRUE(may_open(of_this_version + " {"));
  EXPECT_TRUE(may_open(of_this_version + "::detail {"));
  EXPECT_TRUE(may_open("namespace batchproof::effects::detail {"));
  EXPECT_FALSE(may_open("namespace batchproof {"));
  EXPECT_FALSE(may_open("namespace batchproof::detail {"));
  EXPECT_FALSE(may_open(of_this_version + "0 {"));
  EXPECT_FALSE(may_open("namespace batchproof::inline v99_1 {"));
}

}  // namespace
}  // namespace batchproof
