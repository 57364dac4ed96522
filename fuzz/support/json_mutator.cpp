#include "json_mutator.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_outline.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::fuzz {
namespace {

using fixtures::JsonChild;
using fixtures::JsonChildren;

std::string_view part(std::string_view text, std::size_t begin, std::size_t end) {
  return text.substr(begin, end - begin);
}

class Mutation {
 public:
  Mutation(std::string_view text, unsigned seed)
      : text_(text), random_(seed), parents_(fixtures::json_outline(text)) {}

  std::string mutated() {
    if (parents_.empty()) return {};
    const JsonChildren& children = any(parents_);
    const std::size_t index = below(children.size());
    const JsonChild& child = children[index];
    switch (below(5)) {
      case 0:
        return deleted(children, index);
      case 1:
        return replaced(child.begin, child.begin,
                        std::string(part(text_, child.begin, child.end)) + ',');  // doubled
      case 2:
        return exchanged(child, any(children));
      case 3: {
        const JsonChild& other = any(any(parents_));
        return replaced(child.value, child.end, part(text_, other.value, other.end));
      }
      default:
        return replaced(child.value, child.end, any(scalars()));
    }
  }

 private:
  static const std::vector<std::string_view>& scalars() {
    static const std::vector<std::string_view> all{"null",        "true",
                                                   "0",           "-1",
                                                   "1e400",       "18446744073709551616",
                                                   "\"\"",        "{}",
                                                   "[]",          "[{}]",
                                                   "\"=\"",       "\"\\u0000\"",
                                                   "\"\\ud800\"", "\"QQ==\"",
                                                   "\"\\/\"",     "9e99",
                                                   "\"111\"",     "\"000111\"",
                                                   "\"aws:sqs\"", "\"arn:aws:sqs:x:1:q.fifo\""};
    return all;
  }

  std::size_t below(std::size_t count) { return random_() % count; }

  template <class Value>
  const Value& any(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

  std::string replaced(std::size_t begin, std::size_t end, std::string_view by) const {
    std::string result(text_.substr(0, begin));
    result += by;
    return result += text_.substr(end);
  }

  std::string deleted(const JsonChildren& children, std::size_t index) const {
    const auto [begin, end] = fixtures::with_comma(children, index);
    return replaced(begin, end, {});
  }

  std::string exchanged(const JsonChild& one, const JsonChild& other) const {
    const JsonChild& first =
        std::min(one, other, [](auto& left, auto& right) { return left.begin < right.begin; });
    const JsonChild& second = &first == &one ? other : one;
    if (&first == &second || first.begin == second.begin) return {};
    const std::string later = replaced(second.begin, second.end, part(text_, first.begin, first.end));
    std::string result(later, 0, first.begin);
    result += part(text_, second.begin, second.end);
    return result.append(later, first.end);
  }

  std::string_view text_;
  std::minstd_rand random_;
  std::vector<JsonChildren> parents_;
};

}  // namespace

std::size_t mutate_json(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  const std::string mutated = Mutation({reinterpret_cast<const char*>(data), size}, seed).mutated();
  if (mutated.size() > max_size) return 0;
  std::copy(mutated.begin(), mutated.end(), data);
  return mutated.size();
}

}  // namespace batchproof::fuzz
