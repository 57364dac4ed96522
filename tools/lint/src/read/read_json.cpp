// Reads a template in JSON, with the lines of its values, from the events of nlohmann's parser:
//
//     JsonEvents events(text, &furthest);
//     nlohmann::json::sax_parse(WatchedCharacter(text.data(), &furthest), end, &events);
//     return std::move(events.tree.root()).value_or(Node{});

#include "read_json.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "tree_builder.hpp"

namespace batchproof::lint {
namespace {

/// Counts the characters that nlohmann's lexer has read, which its events do not tell.
class WatchedCharacter {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  WatchedCharacter(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

  reference operator*() const { return *at_; }
  WatchedCharacter& operator++() {
    ++at_;
    *furthest_ = at_;
    return *this;
  }
  friend bool operator==(const WatchedCharacter& left, const WatchedCharacter& right) {
    return left.at_ == right.at_;
  }
  friend bool operator!=(const WatchedCharacter& left, const WatchedCharacter& right) {
    return left.at_ != right.at_;
  }

 private:
  const char* at_;
  const char** furthest_;
};

/// Receives the events of nlohmann's parser; nlohmann defines the names.
class JsonEvents {
 public:
  using Json = nlohmann::json;

  JsonEvents(std::string_view text, const char** furthest)
      : text_(text),
        furthest_(furthest),
        counted_(text.data()),
        line_begin_(text.data()),
        last_end_(text.data()) {}

  bool null() { return tree.add_nothing(next_place()), true; }
  bool boolean(bool value) { return add(value ? "true" : "false"); }
  bool number_integer(std::int64_t value) { return add(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) { return add(std::to_string(value)); }
  bool number_float(double, const std::string& text) { return add(text); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }
  bool key(std::string& value) { return add(std::move(value)); }
  bool start_object(std::size_t) { return tree.begin(Node::Kind::map, next_place()), true; }
  bool start_array(std::size_t) { return tree.begin(Node::Kind::list, next_place()), true; }
  bool end_object() { return end(); }
  bool end_array() { return end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
    const std::string what = error.what();
    const std::size_t name_end = what.find("] ");
    throw TemplateError("not JSON: " + (name_end == std::string::npos ? what : what.substr(name_end + 2)));
  }

  TreeBuilder tree;

 private:
  bool add(std::string text) {
    tree.add_scalar(next_place(), std::move(text));
    return true;
  }

  bool end() {
    tree.end();
    last_end_ = *furthest_;
    return true;
  }

  /// The beginning of the token that was read last: after the end of the one before, and the separators
  /// between them.
  Place next_place() {
    const char* const text_end = text_.data() + text_.size();
    const char* const begin = std::find_if(last_end_, text_end, [](char character) {
      return std::string_view(" \t\r\n,:\xEF\xBB\xBF").find(character) == std::string_view::npos;
    });
    for (; counted_ != begin; ++counted_) {
      if (*counted_ != '\n') continue;
      ++line_;
      line_begin_ = counted_ + 1;
    }
    last_end_ = *furthest_;
    return {.line = line_, .column = static_cast<int>(begin - line_begin_) + 1};
  }

  std::string_view text_;
  const char** furthest_;
  const char* counted_;  ///< newlines before it are counted
  const char* line_begin_;
  const char* last_end_;
  int line_ = 1;
};

}  // namespace

ReadText read_json(std::string_view text) {
  const char* furthest = text.data();
  JsonEvents events(text, &furthest);
  nlohmann::json::sax_parse(WatchedCharacter(text.data(), &furthest),
                            WatchedCharacter(text.data() + text.size(), &furthest), &events);
  return {.root = std::move(events.tree.root()).value_or(Node{}),
          .repeated_keys = std::move(events.tree.repeated_keys())};
}

}  // namespace batchproof::lint
