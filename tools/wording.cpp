#include "wording.hpp"

#include <fmt/core.h>

namespace batchproof::tools {

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", with_commas(number), noun, number == 1 ? "" : "s");
}

std::string with_article(std::string_view title) {
  return fmt::format("{} {}", title.starts_with("SQS") ? "an" : "a", title);
}

}  // namespace batchproof::tools
