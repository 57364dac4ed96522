#include "written_file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace batchproof::properties {
namespace {

bool holds(const std::string& path, std::string_view bytes) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream held;
  held << file.rdbuf();
  return file && held.str() == bytes;
}

}  // namespace

std::string write_file(const std::string& folder, const std::string& name, std::string_view bytes) {
  std::string path = (std::filesystem::path(folder) / name).string();
  if (holds(path, bytes)) return path;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error("the folder " + folder + " cannot be made: " + error.message());
  const std::string part = path + ".part" + std::to_string(getpid());
  std::ofstream file(part, std::ios::binary);
  file << bytes;
  file.close();
  if (file) std::filesystem::rename(part, path, error);
  if (file && !error) return path;
  std::filesystem::remove(part, error);
  throw std::runtime_error("nothing can be written to " + path);
}

}  // namespace batchproof::properties
