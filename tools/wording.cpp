#include "wording.hpp"

#include <fmt/core.h>

namespace batchproof::tools {

std::string with_article(std::string_view title) {
  return fmt::format("{} {}", title.starts_with("SQS") ? "an" : "a", title);
}

}  // namespace batchproof::tools
