#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof {

/// A folder of this process alone, which is removed with all in it when the process ends; not by a forked
/// child.
class ScratchFolder {
 public:
  ScratchFolder() {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no folder can be made like " + path_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (owner_ == getpid()) std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const noexcept { return path_; }

 private:
  std::string path_ = ::testing::TempDir() + "batchproof_test_XXXXXX";
  pid_t owner_ = getpid();
};

/// Where tests of this process may write a file or make a folder of this name. Each call with the same name
/// returns the same path.
inline std::string scratch_path(std::string_view name) {
  static const ScratchFolder folder;
  return folder.path() + "/" + std::string(name);
}

}  // namespace batchproof
