#include "json_mutator.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::fuzz {
namespace {

/// An element of an array or a member of an object, with its key.
struct Child {
  std::size_t begin;
  std::size_t value;  // where its value begins: behind the key, if there is one
  std::size_t end;
};

using Children = std::vector<Child>;  // of one parent

/// All arrays and objects that hold something. The text may be anything: what is cut off or out of place is
/// left out.
class Outline {
 public:
  explicit Outline(std::string_view text) : text_(text) {
    for (at_ = 0; at_ < text_.size(); ++at_) step();
  }

  std::vector<Children> parents;

 private:
  struct Open {
    std::size_t child_begin;
    std::size_t value_begin;
    Children children;
  };

  void step() {
    switch (text_[at_]) {
      case '"':
        return skip_string();
      case '{':
      case '[':
        open_.push_back({at_ + 1, at_ + 1, {}});
        return;
      case ':':
        if (!open_.empty()) open_.back().value_begin = at_ + 1;
        return;
      case ',':
        return end_child();
      case '}':
      case ']':
        end_child();
        if (open_.empty()) return;
        if (open_.back().children.back().begin < open_.back().children.back().end)
          parents.push_back(std::move(open_.back().children));
        open_.pop_back();
        return;
      default:
        return;
    }
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
  }

  void end_child() {
    if (open_.empty()) return;
    Open& open = open_.back();
    open.children.push_back({open.child_begin, open.value_begin, at_});
    open.child_begin = open.value_begin = at_ + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
};

std::string_view part(std::string_view text, std::size_t begin, std::size_t end) {
  return text.substr(begin, end - begin);
}

class Mutation {
 public:
  Mutation(std::string_view text, unsigned seed) : text_(text), random_(seed), outline_(text) {}

  std::string mutated() {
    if (outline_.parents.empty()) return {};
    const Children& children = any(outline_.parents);
    const std::size_t index = below(children.size());
    const Child& child = children[index];
    switch (below(5)) {
      case 0:
        return deleted(children, index);
      case 1:
        return replaced(child.begin, child.begin,
                        std::string(part(text_, child.begin, child.end)) + ',');  // doubled
      case 2:
        return exchanged(child, any(children));
      case 3: {
        const Child& other = any(any(outline_.parents));
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

  /// With one of the commas beside it.
  std::string deleted(const Children& children, std::size_t index) const {
    const Child& child = children[index];
    if (index + 1 < children.size()) return replaced(child.begin, children[index + 1].begin, {});
    if (index > 0) return replaced(children[index - 1].end, child.end, {});
    return replaced(child.begin, child.end, {});
  }

  std::string exchanged(const Child& one, const Child& other) const {
    const Child& first =
        std::min(one, other, [](auto& left, auto& right) { return left.begin < right.begin; });
    const Child& second = &first == &one ? other : one;
    if (&first == &second || first.begin == second.begin) return {};
    const std::string later = replaced(second.begin, second.end, part(text_, first.begin, first.end));
    std::string result(later, 0, first.begin);
    result += part(text_, second.begin, second.end);
    return result.append(later, first.end);
  }

  std::string_view text_;
  std::minstd_rand random_;
  Outline outline_;
};

}  // namespace

std::size_t mutate_json(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  const std::string mutated = Mutation({reinterpret_cast<const char*>(data), size}, seed).mutated();
  if (mutated.size() > max_size) return 0;
  std::copy(mutated.begin(), mutated.end(), data);
  return mutated.size();
}

}  // namespace batchproof::fuzz
