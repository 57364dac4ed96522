#include <algorithm>
#include <batchproof/fixtures/wording.hpp>
#include <batchproof/properties/fuzz.hpp>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace batchproof::properties {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of_argument(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// In memory that ends with the last byte, so that a sanitizer sees a read beyond it.
std::vector<std::uint8_t> bytes_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + " cannot be read");
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  bytes.shrink_to_fit();
  return bytes;
}

}  // namespace

int replay_inputs(int argument_count, char** arguments,
                  int (*target)(const std::uint8_t* data, std::size_t size)) {
  std::vector<std::pair<fs::path, std::vector<std::uint8_t>>> inputs;
  try {
    for (int index = 1; index < argument_count; ++index) {
      for (const fs::path& path : files_of_argument(arguments[index]))
        inputs.emplace_back(path, bytes_of_file(path));
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  for (const auto& [path, bytes] : inputs) {
    std::cout << path.string() << std::endl;  // flushed: the last line names the file that ends it
    target(bytes.data(), bytes.size());
  }
  std::cout << fixtures::counted(inputs.size(), "file") << " replayed\n";
  return inputs.empty() ? 1 : 0;
}

}  // namespace batchproof::properties
