#include "wording.hpp"

#include <fmt/core.h>

namespace batchproof::tools {

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t left = digits.size(); left > 3; left -= 3) digits.insert(left - 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", with_commas(number), noun, number == 1 ? "" : "s");
}

std::string with_article(std::string_view title) {
  return fmt::format("{} {}", title.starts_with("SQS") ? "an" : "a", title);
}

}  // namespace batchproof::tools
