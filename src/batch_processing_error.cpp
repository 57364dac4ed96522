#include <algorithm>
#include <batchproof/batch_processing_error.hpp>
#include <batchproof/detail/utf8.hpp>
#include <string>
#include <utility>

namespace batchproof::inline v0_1 {
namespace {

constexpr std::size_t quoted_causes = 3;
constexpr std::size_t quoted_bytes = 200;

std::string summary(const std::vector<FailedRecord>& records) {
  std::string text = records.size() == 1
                         ? "the one record of the batch failed: "
                         : "all " + std::to_string(records.size()) + " records of the batch failed: ";
  const std::size_t shown = std::min(quoted_causes, records.size());
  for (std::size_t index = 0; index < shown; ++index) {
    const auto& [identifier, cause] = records[index];
    text += (index == 0 ? "record " : "; record ") + std::to_string(index);
    text += " (" + detail::excerpt(identifier, quoted_bytes) + "): " + detail::excerpt(cause, quoted_bytes);
    if (cause.size() > quoted_bytes) text += "...";
  }
  if (records.size() > shown) text += "; and " + std::to_string(records.size() - shown) + " more";
  std::replace(text.begin(), text.end(), '\0', ' ');  // `what()` would end there
  return text;
}

}  // namespace

BatchProcessingError::BatchProcessingError(std::vector<std::exception_ptr> exceptions,
                                           const std::vector<FailedRecord>& records, BatchResponse response)
    : std::runtime_error(summary(records)),
      content_(std::make_shared<const Content>(Content{std::move(exceptions), std::move(response)})) {}

}  // namespace batchproof::inline v0_1
