#pragma once

#include <batchproof/lint/event_source.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/resolver.hpp"

namespace batchproof::lint {

/// Reads the properties of one resource, and adds notes about unknown ones.
class PropertyReader {
 public:
  /// `subject` is the resource's name in notes. Refers to the notes.
  PropertyReader(Resolver resolver, std::vector<Note>& notes, Value properties, std::string subject);

  /// Replaces the setting when the property is given.
  void read(std::string_view key, Number& setting) const;
  void read(std::string_view key, Flag& setting) const;
  void read(std::string_view key, Setting<std::string>& setting) const;

  /// The property's value.
  Value value(std::string_view key) const;
  bool has(std::string_view key) const { return value(key).kind != Value::Kind::absent; }

  /// The place of the property's key; nowhere when there is none.
  Place place(std::string_view key) const;

  /// True when the property is a `Ref` and nothing else.
  bool is_reference(std::string_view key) const;

  /// True when the map is known only at deployment, so that nobody knows which properties it holds.
  bool is_unknown() const;

  /// A reader of the map under a key.
  PropertyReader within(std::string_view key) const;

  void note(std::string_view key, std::string_view reason) const;

  /// The property's name in notes, such as "Queue of Function.Orders".
  std::string name(std::string_view key) const;

  const Resolver& resolver() const { return resolver_; }

 private:
  Resolver resolver_;
  std::vector<Note>* notes_;
  Value properties_;
  std::string subject_;
  std::string whole_;  // the map in notes, where nothing of it is known: "properties of Orders"
};

}  // namespace batchproof::lint
