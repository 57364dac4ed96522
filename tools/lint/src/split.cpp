#include "split.hpp"

#include <algorithm>
#include <cstddef>

namespace batchproof::lint {

std::vector<std::string_view> split(std::string_view text, std::string_view delimiter) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string_view::npos; begin = end + delimiter.size()) {
    end = text.find(delimiter, begin);
    parts.push_back(text.substr(begin, end - begin));
  }
  return parts;
}

std::vector<std::string_view> split_after_each(std::string_view text, std::string_view delimiter) {
  std::vector<std::string_view> parts = split(text, delimiter);
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::vector<std::string_view> comma_delimited_items(std::string_view text) {
  std::vector<std::string_view> items = split(text, ",");
  for (std::string_view& item : items) item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
  return items;
}

}  // namespace batchproof::lint
