#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <string_view>

namespace batchproof::fuzz {

/// A batch as AWS sends it. The bytes choose its size, groups, pattern, texts and spelling; all bytes are
/// accepted.
fixtures::BatchCase batch_of_bytes(fixtures::Source source, std::string_view bytes);

}  // namespace batchproof::fuzz
