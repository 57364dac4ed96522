#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <cstddef>
#include <string>
#include <string_view>
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
  struct Place {
    std::size_t payload;
    std::size_t begin;  ///< of a part of JSON, with its comma, or of a word, with what separates it
    std::size_t end;
    std::size_t child_begin;
    std::size_t value;
    std::size_t child_end;
    std::string path{};  ///< of an item's attribute, as a JSON pointer
    bool is_word = false;
  };

  void add_parts(std::size_t payload);
  void add_words(std::size_t payload);
  void add_attributes(std::size_t payload);
  static std::string with_other_word(std::string text, const Place& place, std::size_t way);

  fixtures::PayloadKind kind_;
  std::vector<std::string> payloads_;
  std::vector<Place> places_{};
};

/// Who removed an item; DynamoDB itself does once its time to live is over ("DynamoDB Streams and Time to
/// Live", Amazon DynamoDB developer guide).
enum class Removed { by_a_user, by_time_to_live };

/// A near miss of a whole record: the change that removes the item of this change of DynamoDB Streams, whose
/// image becomes the old one. Throws `std::invalid_argument` for a change without `NewImage`.
fixtures::CaseRecord removal_of(fixtures::CaseRecord change, Removed by = Removed::by_a_user);

/// True for what `removal_of` makes.
bool is_removal(const fixtures::CaseRecord& record);

/// How Lambda shows that a Kafka record has no value.
enum class MissingValue { null, left_out };

/// A near miss of a whole Kafka record: the record without its value, a tombstone, by which a producer
/// deletes the key (Apache Kafka documentation, "Log Compaction").
fixtures::CaseRecord tombstone_of(fixtures::CaseRecord record, MissingValue value = MissingValue::null);

/// True for a Kafka record without a value, such as what `tombstone_of` makes.
bool is_tombstone(const fixtures::CaseRecord& record);

}  // namespace batchproof::generators
