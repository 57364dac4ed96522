#pragma once

#include <batchproof/fixtures/source_info.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::generators {

/// What a producer sends by mistake in place of a payload: one field of it, also within others, dropped,
/// renamed, doubled, null, of another type, out of range. Of payloads that are JSON objects, and of DynamoDB
/// items; others have none. An item stays one that DynamoDB could send, so that no attribute is doubled.
class NearMisses {
 public:
  NearMisses(fixtures::PayloadKind kind, std::vector<std::string> payloads);

  std::size_t count() const noexcept;

  /// Makes the near miss of this number, below `count()`. Different numbers may give the same text.
  std::string text(std::size_t number) const;

 private:
  struct Place {
    std::size_t payload;
    std::size_t begin;  ///< of a JSON object's part, with the comma that goes with it
    std::size_t end;
    std::size_t child_begin;
    std::size_t value;
    std::size_t child_end;
    std::string path{};  ///< of an item's attribute, as a JSON pointer
  };

  void add_parts(std::size_t payload);
  void add_attributes(std::size_t payload);

  fixtures::PayloadKind kind_;
  std::vector<std::string> payloads_;
  std::vector<Place> places_{};
};

}  // namespace batchproof::generators
