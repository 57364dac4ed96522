#pragma once

#include <string>
#include <string_view>

namespace batchproof::properties {

/// Writes FOLDER/NAME, replacing an older file, and makes the folder if it is missing. A file that holds
/// these bytes already is left alone. The path never holds a part of the file: another process that reads it
/// meanwhile, or after the disk was full, finds the older file or all of the new one. Returns the path;
/// throws `std::runtime_error`, which names the file or folder, when it cannot be made or written.
std::string write_file(const std::string& folder, const std::string& name, std::string_view bytes);

}  // namespace batchproof::properties
