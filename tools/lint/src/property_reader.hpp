#pragma once

#include <batchproof/lint/event_source.hpp>
#include <batchproof/lint/resolve.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// Reads the properties of one resource, and notes those that cannot be told.
class PropertyReader {
 public:
  /// `subject` is how notes call the resource. Keeps references to all but the subject.
  PropertyReader(const Resolver& resolver, std::vector<Note>& notes, Value properties, std::string subject);

  /// Overwrites the setting when the property is given.
  void read(std::string_view key, Setting<std::int64_t>& setting) const;
  void read(std::string_view key, Setting<bool>& setting) const;

  /// The property itself.
  Value value(std::string_view key) const;

  /// Where its key stands; nowhere when there is none.
  Place place(std::string_view key) const;

  /// The same for a map under a key.
  PropertyReader within(std::string_view key) const;

  void note(std::string_view key, std::string_view reason) const;

 private:
  const Resolver* resolver_;
  std::vector<Note>* notes_;
  Value properties_;
  std::string subject_;
};

}  // namespace batchproof::lint
