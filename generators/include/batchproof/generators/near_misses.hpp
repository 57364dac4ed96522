#pragma once

#include <batchproof/fixtures/source_info.hpp>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace batchproof::generators {

/// The payloads that a producer could send by mistake: a payload with one field, at any depth, dropped,
/// renamed, doubled, null, of another type, or out of range. The fields of a JSON text are its members and
/// elements, those of another text its words: of `order;2` they are `order` and `2`. A payload without fields
/// has no near misses, and neither have bytes that are no text. An item stays one that DynamoDB could send,
/// so no attribute has a name twice; an element of its lists has no name, so it is doubled as it is, and
/// dropped in place of renamed.
class NearMisses {
 public:
  NearMisses(fixtures::PayloadKind kind, std::vector<std::string> payloads);

  std::size_t count() const noexcept;

  /// The near miss of this number, which must be below `count()`. Different numbers may give the same text.
  std::string text(std::size_t number) const;

 private:
  /// A member of an object or an element of a list, in a JSON text. A member begins with its name.
  struct JsonPart {
    std::size_t begin;
    std::size_t value;
    std::size_t end;
    std::size_t dropped_begin;  ///< with a comma
    std::size_t dropped_end;
  };

  /// A word of a text that is not JSON.
  struct Word {
    std::size_t begin;
    std::size_t end;
    std::size_t dropped_begin;  ///< with what separates it from the next word, or from the one before
    std::size_t dropped_end;
  };

  /// An attribute of an item, by its JSON pointer.
  struct Attribute {
    std::string path;
  };

  struct Place {
    std::size_t payload;
    std::variant<JsonPart, Word, Attribute> field;
  };

  void add_parts(std::size_t payload);
  void add_words(std::size_t payload);
  void add_attributes(std::size_t payload);

  // The text with this field changed in one way.
  static std::string changed(std::string text, const JsonPart& part, std::size_t way);
  static std::string changed(std::string text, const Word& word, std::size_t way);
  static std::string changed(const std::string& text, const Attribute& attribute, std::size_t way);

  fixtures::PayloadKind kind_;
  std::vector<std::string> payloads_;
  std::vector<Place> places_{};
};

}  // namespace batchproof::generators
