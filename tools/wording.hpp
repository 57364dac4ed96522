#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// "1,000,000".
std::string with_commas(std::uint64_t number);

/// "1 record", "2,000 records".
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace batchproof::tools
