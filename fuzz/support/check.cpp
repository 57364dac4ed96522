#include "check.hpp"

#include <batchproof/detail/utf8.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace batchproof::fuzz {
namespace {

bool is_json_pointer(std::string_view pointer) {
  if (!pointer.empty() && pointer.front() != '/') return false;
  for (std::size_t at = pointer.find('~'); at != std::string_view::npos; at = pointer.find('~', at + 1)) {
    if (at + 1 == pointer.size() || (pointer[at + 1] != '0' && pointer[at + 1] != '1')) return false;
  }
  return detail::is_utf8(pointer);
}

}  // namespace

void require(bool holds, std::string_view law, std::string_view about) {
  if (holds) return;
  const std::string text = "broken: " + std::string(law) + "\n" + std::string(about) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::abort();
}

bool is_json_pointer_within(std::string_view pointer, std::string_view outer) {
  return is_json_pointer(pointer) && pointer.starts_with(outer) &&
         (pointer.size() == outer.size() || pointer[outer.size()] == '/');
}

}  // namespace batchproof::fuzz
