#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace batchproof::fuzz {

/// Calls accessors and remembers each text that they returned, to find a view whose text changed or was freed
/// later.
class Accessors {
 public:
  /// Calls every accessor of the record. Crashes unless each returns, or throws a `RecordError` whose place
  /// is within the record.
  template <fixtures::AnyRecord Record>
  void read(const Record& record);

  /// Crashes unless every text is unchanged.
  void require_unchanged() const;

 private:
  struct Seen {
    std::string_view text;
    std::uint64_t hash;
  };

  template <class Read>
  void call(Read&& accessor);
  void read(const AttributeValue& value);
  void read(const AttributeMap& map);
  void read(const AttributeNumber& number);
  void note(std::string_view text);

  template <class Value>
  void note_value(const Value& value);

  std::size_t record_index_ = 0;
  std::vector<Seen> seen_;
};

}  // namespace batchproof::fuzz
