#pragma once

#include <batchproof/properties/report.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// ", shrunk from 1,000 records to 2"; empty for a counterexample that has all records that were drawn.
std::string shrunk_in_words(const Counterexample& found);

/// "as AWS sends it", or why AWS would not send it: `most` reasons, with this text between them.
std::string input_in_words(const Counterexample& found, std::string_view between, std::size_t most);

}  // namespace batchproof::properties
