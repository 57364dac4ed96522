#pragma once

#include <batchproof/fixtures/payloads.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1 {

/// The verdict that a handler must reach on a payload.
enum class Verdict { accepted, rejected };

}  // namespace batchproof::inline v0_1

namespace batchproof::properties {

/// Returns what the handler must do with a payload. Called many times; must not depend on earlier calls.
using Classify = std::function<Verdict(std::string_view payload)>;

/// The payloads of random records, as in `VerifyHandlerOptions`. The pattern rejects the records with a
/// payload from the second list.
struct Payloads {
  fixtures::PayloadList accepted{};
  fixtures::PayloadList rejected{};
  Classify classify{};      ///< may be empty
  bool near_misses = true;  ///< near misses of the accepted payloads are tried too
  bool removals = true;     ///< records without a payload too: removals of items, tombstones of Kafka
};

/// Throws `std::invalid_argument` for a payload of a list, or a draw of it, that `classify` gives the other
/// verdict; `what` begins its message.
void refuse_other_verdicts(std::string_view what, const Payloads& payloads);

/// What a report says of a list that is missing, since one alone proves half of the contract; nothing when
/// both are there. `subject` is "handler" or "function".
std::vector<std::string> notes_on_lists(const Payloads& payloads, const std::string& subject);

}  // namespace batchproof::properties
