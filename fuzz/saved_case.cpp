// Reads a saved counterexample: the description, a line of two dashes, the event. The input may be any text,
// since people edit such files; an accepted text is a batch.

#include <batchproof/properties/regressions.hpp>
#include <stdexcept>
#include <string>

#include "support/decode_target.hpp"
#include "support/json_mutator.hpp"

using namespace batchproof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view separator = "\n--\n";
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t end = text.find(separator);
  const bool has_event = end != std::string_view::npos;
  try {
    const auto saved = properties::parse_regression(
        text.substr(0, end), std::string(has_event ? text.substr(end + separator.size()) : ""));
    fuzz::require(saved.batch_case.pattern().size() == saved.batch_case.records.size(),
                  "a saved case has a verdict for each record");
  } catch (const std::runtime_error&) {  // not a saved case, as the error says
  }
  return 0;
}

BATCHPROOF_MUTATE_JSON(0)
