#include "unknown_names.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1::detail {
namespace {

using Json = nlohmann::json;

/// The enumerator may have a second name, such as "PENDING" beside "pending".
bool is_equal_but_for_case(std::string_view left, std::string_view right) {
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(),
      [](unsigned char one, unsigned char other) { return std::tolower(one) == std::tolower(other); });
}

bool may_be_first_enumerator(const Json& value, const Json& text) {
  if (!value.is_string()) return value.is_null() || value.is_number();
  return !is_equal_but_for_case(value.get_ref<const std::string&>(), text.get_ref<const std::string&>());
}

/// Texts in whose place the result has what may be the first enumerator: one for each place and result, all
/// elements of an array being one place, since an unknown name always gives the same.
class ChangedTexts {
 public:
  ChangedTexts(Json& payload, const Json& result) { add(payload, result, ""); }

  const std::vector<Json*>& texts() const noexcept { return texts_; }

 private:
  void add(Json& payload, const Json& result, const std::string& place) {
    if (payload.is_string()) {
      if (may_be_first_enumerator(result, payload) && places_.emplace(place, result).second)
        texts_.push_back(&payload);
    } else if (payload.is_object() && result.is_object()) {
      for (auto member = payload.begin(); member != payload.end(); ++member) {
        const auto found = result.find(member.key());
        if (found != result.end()) add(*member, *found, place + "/" + member.key());
      }
    } else if (payload.is_array() && result.is_array() && payload.size() == result.size()) {
      for (std::size_t index = 0; index < payload.size(); ++index)
        add(payload[index], result[index], place + "/-");
    }
  }

  std::set<std::pair<std::string, Json>> places_{};
  std::vector<Json*> texts_{};
};

}  // namespace

void check_names(Trials& trials, const Json& result) {
  constexpr std::size_t most = 64;  // in a map each key is a place
  const ChangedTexts changed(trials.tree(), result);
  const std::size_t count = std::min(most, changed.texts().size());
  for (Json* const node : std::span(changed.texts()).first(count)) {
    const auto stays_with = [&](const Json& other) {
      const auto converted = trials.convert_with({&node, 1}, [&](const Json&) { return other; });
      return converted && *converted == result;
    };
    // An enumeration of nlohmann's takes any value; one that reads a text refuses a number.
    if (stays_with(7) && stays_with("another " + node->get_ref<const std::string&>()))
      trials.fail(node, "\"" + node->get_ref<const std::string&>() + "\" is not a value of its type");
  }
}

}  // namespace batchproof::inline v0_1::detail
