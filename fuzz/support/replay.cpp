// Replaces the fuzzer on compilers without one: runs a target on files, and on all files of folders. Users
// have `properties::replay_inputs`; most targets here do not link that component.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

// For targets with mutators of their own, which this program never calls.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t*, std::size_t size, std::size_t) { return size; }

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.is_regular_file() && entry.path().filename() != ".gitkeep") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Reads a file into memory that ends with its last byte, so that a read beyond it is detected.
std::vector<std::uint8_t> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + " cannot be read");
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  bytes.shrink_to_fit();
  return bytes;
}

}  // namespace

int main(int argument_count, char** arguments) {
  std::size_t count = 0;
  for (int index = 1; index < argument_count; ++index) {
    if (!fs::exists(arguments[index])) continue;  // a target without a crash to its name has no folder
    for (const fs::path& path : files_of(arguments[index])) {
      std::cout << path.string() << std::endl;  // flushed: the last line names the file that crashes
      const std::vector<std::uint8_t> bytes = read_file(path);
      LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
      ++count;
    }
  }
  std::cout << count << " files replayed\n";
  return count > 0 ? 0 : 1;
}
