#include "sources/property_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace batchproof::lint {
namespace {

/// Rules multiply numbers, which must not overflow; no property is that large.
constexpr std::int64_t largest_number = 1'000'000'000'000;

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || number > largest_number || number < -largest_number) return std::nullopt;
  return number;
}

/// The booleans of YAML 1.1, which CloudFormation reads.
std::optional<bool> truth(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  });
  constexpr std::array<std::string_view, 3> yes{"true", "yes", "on"};
  constexpr std::array<std::string_view, 3> no{"false", "no", "off"};
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), text) != no.end()) return false;
  return std::nullopt;
}

template <class T, class Parse>
void read_setting(const PropertyReader& reader, std::string_view key, Setting<T>& setting, Parse parse,
                  std::string_view kind) {
  const Value value = reader.value(key);
  if (value.kind == Value::Kind::absent) return;
  setting.place = reader.place(key);
  const auto text = value.literal();
  const auto parsed = text ? parse(*text) : std::nullopt;
  setting.origin = parsed ? Origin::given : Origin::unresolved;
  if (parsed) {
    setting.value = *parsed;
  } else {
    reader.note(key, text ? fmt::format("\"{}\" is not {}", *text, kind) : value.why_unknown());
  }
}

}  // namespace

PropertyReader::PropertyReader(Resolver resolver, std::vector<Note>& notes, Value properties,
                               std::string subject)
    : resolver_(std::move(resolver)),
      notes_(&notes),
      properties_(std::move(properties)),
      subject_(std::move(subject)),
      whole_("properties of " + subject_) {}

void PropertyReader::read(std::string_view key, Number& setting) const {
  read_setting(*this, key, setting, whole_number, "a number");
}

void PropertyReader::read(std::string_view key, Flag& setting) const {
  read_setting(*this, key, setting, truth, "true or false");
}

void PropertyReader::read(std::string_view key, Setting<std::string>& setting) const {
  read_setting(
      *this, key, setting, [](const std::string& text) { return std::optional(text); }, "a text");
}

Value PropertyReader::value(std::string_view key) const { return resolver_.member(properties_, key); }

bool PropertyReader::is_reference(std::string_view key) const {
  const Node* const node = properties_.map == nullptr ? nullptr : properties_.map->find(key);
  return node != nullptr && node->entries.size() == 1 && node->find("Ref") != nullptr;
}

Place PropertyReader::place(std::string_view key) const {
  const Node::Entry* const entry = properties_.map == nullptr ? nullptr : properties_.map->entry(key);
  return entry == nullptr ? properties_.place : entry->place;
}

bool PropertyReader::is_unknown() const {
  return properties_.kind == Value::Kind::unresolved ||
         (properties_.kind == Value::Kind::text && !properties_.literal());
}

PropertyReader PropertyReader::within(std::string_view key) const {
  PropertyReader inner(resolver_, *notes_, value(key), subject_);
  inner.whole_ = is_unknown() ? whole_ : "properties in " + name(key);
  return inner;
}

void PropertyReader::note(std::string_view key, std::string_view reason) const {
  const bool is_plural = is_unknown() || key == "Events";  // a word of serverless.yml, too
  notes_->push_back({.place = place(key),
                     .text = fmt::format("{} {} not known: {}", is_unknown() ? whole_ : name(key),
                                         is_plural ? "are" : "is", reason)});
}

std::string PropertyReader::name(std::string_view key) const {
  return fmt::format("{} of {}", key, subject_);
}

}  // namespace batchproof::lint
