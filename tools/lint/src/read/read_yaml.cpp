// Reads a template in YAML, with the lines of its values, from the events of libyaml:
//
//     Parser parser(text);
//     Event event;
//     parser.next(event);
//     add(tree, *event);

#include "read_yaml.hpp"

#include <fmt/core.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "tree_builder.hpp"

namespace batchproof::lint {
namespace {

Place place_of(const yaml_mark_t& mark) {
  return {.line = static_cast<int>(mark.line) + 1, .column = static_cast<int>(mark.column) + 1};
}

std::string text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

/// One event of libyaml, which owns its texts.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event_); }

  yaml_event_t& operator*() { return event_; }

 private:
  yaml_event_t event_{};
};

/// libyaml's parser, which SAM CLI uses too. It is read by events, since its own tree would follow aliases
/// without end.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { yaml_parser_delete(&parser_); }

  void next(Event& event) {
    if (yaml_parser_parse(&parser_, &*event) == 0) throw TemplateError(complaint());
  }

 private:
  std::string complaint() const {
    Place place = place_of(parser_.problem_mark);
    if (parser_.error == YAML_READER_ERROR) {  // it reports only the byte
      const std::string_view before = text_.substr(0, std::min(parser_.problem_offset, text_.size()));
      place.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
      place.column = static_cast<int>(before.size() - (before.rfind('\n') + 1)) + 1;
    }
    return fmt::format("not YAML: line {}, column {}: {}", place.line, place.column,
                       parser_.problem == nullptr ? "out of memory" : parser_.problem);
  }

  std::string_view text_;
  yaml_parser_t parser_{};
};

bool is_null(const yaml_event_t& event) {
  constexpr std::array<std::string_view, 5> words{"", "~", "null", "Null", "NULL"};
  const auto& scalar = event.data.scalar;
  const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
  return scalar.plain_implicit != 0 && scalar.style == YAML_PLAIN_SCALAR_STYLE &&
         std::find(words.begin(), words.end(), text) != words.end();
}

void add(TreeBuilder& tree, const yaml_event_t& event) {
  const Place place = place_of(event.start_mark);
  switch (event.type) {
    case YAML_ALIAS_EVENT:
      return tree.add_alias(place, text_of(event.data.alias.anchor));
    case YAML_SCALAR_EVENT: {
      const auto& scalar = event.data.scalar;
      if (is_null(event)) return tree.add_nothing(place, text_of(scalar.anchor));
      return tree.add_scalar(place, {reinterpret_cast<const char*>(scalar.value), scalar.length},
                             text_of(scalar.tag), text_of(scalar.anchor));
    }
    case YAML_SEQUENCE_START_EVENT:
      return tree.begin(Node::Kind::list, place, text_of(event.data.sequence_start.tag),
                        text_of(event.data.sequence_start.anchor));
    case YAML_MAPPING_START_EVENT:
      return tree.begin(Node::Kind::map, place, text_of(event.data.mapping_start.tag),
                        text_of(event.data.mapping_start.anchor));
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return tree.end();
    default:
      return;
  }
}

}  // namespace

ReadText read_yaml(std::string_view text) {
  Parser parser(text);
  TreeBuilder tree;
  int documents = 0;
  for (bool is_at_end = false; !is_at_end;) {
    Event event;
    parser.next(event);
    if ((*event).type == YAML_DOCUMENT_START_EVENT && ++documents > 1)
      throw TemplateError("it holds more than one YAML document");
    is_at_end = (*event).type == YAML_STREAM_END_EVENT;
    add(tree, *event);
  }
  if (documents == 0) throw TemplateError("there is nothing in it");
  return {.root = std::move(tree.root()).value_or(Node{}), .repeated_keys = std::move(tree.repeated_keys())};
}

}  // namespace batchproof::lint
