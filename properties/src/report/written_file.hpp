#pragma once

#include <string>
#include <string_view>

namespace batchproof::properties {

/// Writes FOLDER/NAME, over what stood there, and makes the folder where it is missing. Returns the path;
/// throws `std::runtime_error` that names what cannot be made or written.
std::string write_file(const std::string& folder, const std::string& name, std::string_view bytes);

}  // namespace batchproof::properties
