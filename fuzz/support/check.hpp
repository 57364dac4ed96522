#pragma once

#include <string_view>

namespace batchproof::fuzz {

/// Aborts unless `holds`, since a fuzzer reports crashes.
void require(bool holds, std::string_view law, std::string_view about = {});

/// True for an RFC 6901 JSON pointer that equals the other one or begins with it.
bool is_json_pointer_within(std::string_view pointer, std::string_view outer);

}  // namespace batchproof::fuzz
