#include "written_file.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace batchproof::properties {

std::string write_file(const std::string& folder, const std::string& name, std::string_view bytes) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error("the folder " + folder + " cannot be made: " + error.message());
  std::string path = (std::filesystem::path(folder) / name).string();
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) throw std::runtime_error("nothing can be written to " + path);
  return path;
}

}  // namespace batchproof::properties
