#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace batchproof::fuzz {

/// Calls accessors and remembers each text that they returned, to find a view whose text changed or was freed
/// later. It is the list that the fixtures' `show_fields` fills with each field of a record.
class Accessors {
 public:
  /// Calls every accessor of the record. Crashes unless each returns, or throws a `RecordError` whose place
  /// is within the record.
  template <fixtures::AnyRecord Record>
  void read(const Record& record);

  /// Crashes unless every text is unchanged.
  void require_unchanged() const;

  template <class Value>
  void add(std::string_view field, const Value& value);
  template <class Read>
  void read(std::string_view field, Read&& accessor);
  template <class Read>
  void read_all(Read&& reader);

 private:
  struct Seen {
    std::string_view text;
    std::uint64_t hash;
  };

  template <class Read>
  void call(Read&& accessor);
  template <class Value>
  void note_value(const Value& value);
  void note(std::string_view text);
  void note_value(const AttributeNumber& number);
  void note_value(const AttributeMap& map);

  // The accessors that are no fields.
  template <class Record>
  void read_more(const Record&) {}
  void read_more(const SqsRecord& record);
  void read_more(const KafkaRecord& record);

  std::size_t record_index_ = 0;
  std::vector<Seen> seen_;
};

}  // namespace batchproof::fuzz
