#pragma once

// Random texts and names of records:
//
//     TextDraws text{Draws(random.split()), plain};
//     message.value = draw_body(text);

#include <batchproof/fixtures/json_style.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

/// Draws the values that no law depends on. `plain` draws the simplest value of each kind instead; a
/// counterexample shrinks to those.
struct TextDraws {
  Draws draws;
  bool plain = false;
  bool hostile = false;                   ///< also draws values that AWS never sends
  std::size_t largest_size_bytes = 4096;  ///< of any text or bytes drawn here
};

/// Valid UTF-8 of all kinds: empty, escapes, quotes, control characters, NUL, emoji, several scripts;
/// sometimes long.
std::string draw_text(TextDraws& draws);

/// Valid UTF-8 of exactly the largest size, unless plain.
std::string draw_largest_text(TextDraws& draws);

/// The payload of a message: JSON, nested JSON, JSON within JSON, or text that is not JSON.
std::string draw_body(TextDraws& draws);

/// Any bytes, often none.
std::string draw_bytes(TextDraws& draws);

/// The characters that a service accepts in a name. Hostile names may have any.
enum class Alphabet {
  unicode,
  printable,  ///< letters, digits and punctuation of ASCII, and no space
};

/// Mostly nothing, or a text that does not begin with a digit.
std::string draw_suffix(TextDraws& draws, Alphabet alphabet);

/// A name that is unique for its prefix and index.
std::string draw_name(TextDraws& draws, const char* prefix, std::size_t index, Alphabet alphabet);

/// The region, partition and account of a queue or stream.
struct Place {
  std::string_view partition;
  std::string_view region;
  std::string_view account;
};

/// Sometimes one of another region, partition and account.
Place draw_place(TextDraws& draws);

/// The ARN of a resource of this service, such as "arn:aws:sqs:us-east-2:123456789012:my-queue".
std::string arn(const Place& place, std::string_view service, std::string_view resource);

/// The traits that all records of one batch share. They are drawn first.
struct BatchTraits {
  fixtures::Source source;
  std::optional<bool> fair_queue{};  ///< as in `BatchOptions`
  bool plain_names = false;          ///< the names of groups differ only in their numbers
};

/// The times of the records of a shard, which ascend. All of a batch are within 20 s, and in the same two
/// minutes, as those of one tumbling window are.
class AscendingTimes {
 public:
  AscendingTimes() = default;
  AscendingTimes(TextDraws& text, const BatchTraits& traits);

  /// The distance of this record's time from that of a plain record.
  std::chrono::milliseconds of(std::size_t number) const noexcept {
    return begin_ + static_cast<std::int64_t>(number) * step_;
  }

 private:
  std::chrono::milliseconds begin_{0};
  std::chrono::milliseconds step_{0};
};

/// Has as `type` the class that draws the records of this type; specialised beside each of these classes.
template <class Record>
struct DrawsOf;

/// AWS's spelling, or any other spelling that JSON allows.
fixtures::JsonStyle draw_style(TextDraws& draws);

}  // namespace batchproof::generators
