#include "shrink_values.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/json_outline.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "shrink_steps.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;

/// The whole number that a value is, or that its text is.
std::optional<std::int64_t> whole_number_in(const ordered_json& value) {
  if (value.is_number_integer()) {
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
      return std::nullopt;
    return value.get<std::int64_t>();
  }
  constexpr std::size_t most_digits = 18;
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty() || text.size() > most_digits || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

/// Changes one document, a value at a time, as long as the violation remains.
class ValueShrink {
 public:
  ValueShrink(ordered_json document, bool texts_shrink, const BytesStillBreak& still_breaks)
      : document_(std::move(document)), texts_shrink_(texts_shrink), still_breaks_(still_breaks) {}

  void towards(ordered_json& value, const ordered_json& plain) {
    if (value == plain || becomes(value, plain)) return;
    if (value.is_number_float()) become_whole(value);
    if (const auto number = whole_number_in(value)) return come_near(value, *number, plain);
    if (value.is_string() && texts_shrink_) return shorten(value);
    if (value.is_array()) return leave_out_elements(value);
    if (value.is_object()) members_towards(value, plain);
  }

  ordered_json& document() noexcept { return document_; }

 private:
  bool becomes(ordered_json& value, ordered_json other) {
    return replaces(value, std::move(other),
                    [&] { return still_breaks_(fixtures::to_valid_text(document_)); });
  }

  /// Rounds a number such as a time in seconds, which can then come near to another.
  void become_whole(ordered_json& value) {
    constexpr double largest = 9e15;
    const auto number = value.get<double>();
    if (!(std::abs(number) < largest)) return;
    if (becomes(value, static_cast<std::int64_t>(std::floor(number)))) return;
    if (number != std::floor(number)) becomes(value, static_cast<std::int64_t>(std::ceil(number)));
  }

  /// Replaces the number by the one nearest to the plain one that still violates the law, if all numbers
  /// beyond it do too.
  void come_near(ordered_json& value, std::int64_t number, const ordered_json& plain) {
    const auto target = whole_number_in(plain).value_or(0);
    const bool is_text = value.is_string();
    std::int64_t fails = target;
    std::int64_t shows = number;
    const auto distance = [&] {  // of two numbers that may have different signs
      const auto [low, high] = std::minmax(shows, fails);
      return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    };
    while (distance() > 1) {
      const std::int64_t middle = fails / 2 + shows / 2 + (fails % 2 + shows % 2) / 2;
      if (becomes(value, is_text ? ordered_json(std::to_string(middle)) : ordered_json(middle))) {
        shows = middle;
      } else {
        fails = middle;
      }
    }
  }

  void shorten(ordered_json& value) {
    if (becomes(value, "")) return;
    for (std::size_t chunk = value.get_ref<const std::string&>().size() / 2; chunk > 0; chunk /= 2) {
      for (std::size_t begin = 0; begin < value.get_ref<const std::string&>().size();) {
        std::string shorter = value.get<std::string>();
        shorter.erase(begin, chunk);
        if (shorter.empty() || !detail::is_utf8(shorter) || !becomes(value, shorter)) begin += chunk;
      }
    }
  }

  void leave_out_elements(ordered_json& value) {
    for (std::size_t index = value.size(); index-- > 0;) {
      ordered_json fewer = value;
      fewer.erase(index);
      if (!becomes(value, std::move(fewer))) towards(value[index], nothing_like(value[index]));
    }
  }

  void members_towards(ordered_json& value, const ordered_json& plain) {
    std::vector<std::string> names;
    for (const auto& [name, member] : value.items()) names.push_back(name);
    const bool is_known = plain.is_object();
    for (const std::string& name : names) {
      const bool is_plain = is_known && plain.contains(name);
      if (!is_plain) {
        ordered_json fewer = value;
        fewer.erase(name);
        if (becomes(value, std::move(fewer))) continue;
      }
      towards(value[name], is_plain ? plain[name] : nothing_like(value[name]));
    }
    if (!is_known) return;
    for (const auto& [name, member] : plain.items()) {
      if (value.contains(name)) continue;
      ordered_json more = value;
      more[name] = member;
      becomes(value, std::move(more));
    }
  }

  static ordered_json nothing_like(const ordered_json& value) {
    if (value.is_number()) return 0;
    if (whole_number_in(value)) return "0";
    return ordered_json(value.type());
  }

  ordered_json document_;
  bool texts_shrink_;
  const BytesStillBreak& still_breaks_;
};

/// The members and elements of a text, outer ones before inner ones.
std::vector<fixtures::JsonSpan> parts_of(const std::string& text) {
  std::vector<fixtures::JsonSpan> parts;
  for (const fixtures::JsonChildren& children : fixtures::json_outline(text)) {
    for (std::size_t index = 0; index < children.size(); ++index)
      parts.push_back(with_comma(children, index));
  }
  std::sort(parts.begin(), parts.end(),
            [](const auto& left, const auto& right) { return left.begin < right.begin; });
  return parts;
}

}  // namespace

std::string leave_out_parts(std::string text, const BytesStillBreak& still_breaks) {
  std::size_t done = 0;
  while (true) {
    const auto parts = parts_of(text);
    const auto next = std::find_if(parts.begin(), parts.end(),
                                   [done](const fixtures::JsonSpan& part) { return part.begin >= done; });
    if (next == parts.end()) return text;
    std::string candidate = std::string(text).erase(next->begin, next->end - next->begin);
    if (still_breaks(candidate)) {
      text = std::move(candidate);
    } else {
      done = next->begin + 1;
    }
  }
}

std::string shrink_towards(const std::string& json, const std::string& plain, bool texts_shrink,
                           const BytesStillBreak& still_breaks) {
  const ordered_json target = fixtures::parse_ordered_json_or_discard(plain);
  const ordered_json document = fixtures::parse_ordered_json_or_discard(json);
  if (document.is_discarded() || document == target) return json;
  std::string smallest = json;
  const BytesStillBreak keeps = [&](const std::string& smaller) {
    if (!still_breaks(smaller)) return false;
    smallest = smaller;
    return true;
  };
  ValueShrink shrinking(document, texts_shrink, keeps);
  shrinking.towards(shrinking.document(), target);
  return smallest;
}

}  // namespace batchproof::properties
