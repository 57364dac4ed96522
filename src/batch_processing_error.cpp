#include <algorithm>
#include <batchproof/batch_processing_error.hpp>
#include <string>
#include <utility>

#include "excerpt.hpp"

namespace batchproof::inline v0_1 {
namespace {

constexpr std::size_t quoted_causes = 3;
constexpr std::size_t quoted_bytes = 200;

std::string summary(const std::vector<std::string_view>& identifiers,
                    const std::vector<std::string_view>& causes) {
  std::string text = causes.size() == 1
                         ? "the one record of the batch failed: "
                         : "all " + std::to_string(causes.size()) + " records of the batch failed: ";
  const std::size_t shown = std::min(quoted_causes, causes.size());
  for (std::size_t index = 0; index < shown; ++index) {
    text += (index == 0 ? "record " : "; record ") + std::to_string(index);
    text += " (" + detail::excerpt(identifiers[index], quoted_bytes) + "): ";
    text += detail::excerpt(causes[index], quoted_bytes);
    if (causes[index].size() > quoted_bytes) text += "...";
  }
  if (causes.size() > shown) text += "; and " + std::to_string(causes.size() - shown) + " more";
  std::replace(text.begin(), text.end(), '\0', ' ');  // `what()` would end there
  return text;
}

}  // namespace

BatchProcessingError::BatchProcessingError(std::vector<std::exception_ptr> exceptions,
                                           const std::vector<std::string_view>& identifiers,
                                           const std::vector<std::string_view>& causes,
                                           BatchResponse response)
    : std::runtime_error(summary(identifiers, causes)),
      content_(std::make_shared<const Content>(Content{std::move(exceptions), std::move(response)})) {}

}  // namespace batchproof::inline v0_1
