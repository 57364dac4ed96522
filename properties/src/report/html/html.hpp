#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// A growing piece of HTML. Markup is trusted; words may come from anywhere, and are escaped.
class Html {
 public:
  Html& markup(std::string_view markup);

  /// Shows control characters, and bytes that are not UTF-8, as `fixtures::printable_lines` does.
  Html& words(std::string_view words);

  /// "1,000".
  Html& number(std::size_t number);

  /// `<tag>words</tag>`; the tag may have attributes, `td class="n"`.
  Html& element(std::string_view tag, std::string_view words);

  const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

}  // namespace batchproof::properties
