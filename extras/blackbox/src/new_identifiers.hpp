#pragma once

// Gives records identifiers that no earlier batch had: when a function keeps an identifier and reports it in
// another batch, the answer shows one that is not in that batch. When the identifiers themselves matter, they
// are given again to smaller batches. The other texts by which AWS tells records apart are new too: receipt
// handles, deduplication ids, event ids.
//
//     const RenamedBatch batch = identifiers.rename(batch_case);
//     const std::string event = batch.event(batch_case, payload);  // which the function gets
//     return identifiers.in_own_names(invocation.body, batch, true);

#include <batchproof/fixtures/batch_case.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace batchproof::blackbox {

/// Appended to an identifier of another batch in the output of a function.
inline constexpr std::string_view another_batch = " of another batch";

/// One batch with the identifiers that its function sees. Records with equal identifiers keep equal ones.
class RenamedBatch {
 public:
  struct Name {
    std::string own;  ///< in the case
    std::string sent;
    std::uint64_t batch = 0;   ///< the number of the batch in which the record was new
    std::uint64_t number = 0;  ///< of the record among all
  };

  RenamedBatch() = default;
  /// `read` is the source's `read_identifier`, null when identifiers are texts.
  /// `shard`: the number of the shard of a Kinesis batch.
  RenamedBatch(std::vector<Name> names, std::optional<std::string> (*read)(std::string_view),
               std::uint64_t shard)
      : names_(std::move(names)), read_identifier_(read), shard_(shard) {}

  /// The event of this batch as the function receives it, with its new identifiers. A payload that does not
  /// hold the records of the batch is returned unchanged.
  std::string event(const fixtures::BatchCase& batch_case, std::string_view payload) const;

  /// The text with each sent identifier replaced by `describe(own)`, which gets that of the case.
  template <class Describe>
  std::string with_own_names(std::string text, const Describe& describe) const {
    for (const Name& name : names_) {
      if (holds(text, name.sent)) replace_all(text, name.sent, describe(name.own));
    }
    return text;
  }

  static bool holds(std::string_view text, std::string_view name) noexcept;
  static void replace_all(std::string& text, std::string_view from, std::string_view to);

  /// The case's own identifier; null for one that is not of this batch.
  const std::string* own_name(std::string_view sent) const;

  /// All of them, each once.
  const std::vector<Name>& names() const noexcept { return names_; }

  bool has_objects() const noexcept { return read_identifier_ != nullptr; }
  std::optional<std::string> read_identifier(std::string_view json) const { return read_identifier_(json); }

 private:
  std::vector<Name> names_;
  std::optional<std::string> (*read_identifier_)(std::string_view) = nullptr;
  std::uint64_t shard_ = 0;
};

/// Makes the identifiers of one batch after the other: UUIDs for a queue, and for a FIFO queue sequence
/// numbers that grow; event ids for DynamoDB Streams behind a pipe; offsets for Kafka and sequence numbers
/// for a stream, in the order of the case. Sequence numbers have different lengths, and as text the longer of
/// two sorts first; since they only grow within a shard, a Kinesis batch with several lengths has a shard of
/// its own. The first offset of a partition is 0, and that of later batches has as many digits as a double
/// holds.
class NewIdentifiers {
 public:
  RenamedBatch rename(const fixtures::BatchCase& batch_case);

  /// The same, without those that `keep` keeps.
  RenamedBatch rename_anew(const fixtures::BatchCase& batch_case);

  /// From now on a batch gets these identifiers again, when it has no records but those of `batch`.
  void keep(const RenamedBatch& batch);

  /// Whether to look for identifiers of earlier batches too, which takes long.
  enum class Others { named, as_sent };

  /// The output of the function about this batch, with the case's own identifiers. Identifiers of other
  /// batches are marked as such, unless `others` leaves them as they were sent. Identifiers that are objects
  /// are replaced only in a text that is JSON as a whole, and always marked.
  std::string in_own_names(std::string text, const RenamedBatch& batch, bool is_json = false,
                           Others others = Others::named) const;

 private:
  /// The identifiers within the JSON of a source whose identifiers are objects.
  void name_objects(nlohmann::ordered_json& json, const RenamedBatch& batch) const;

  RenamedBatch renamed(std::vector<RenamedBatch::Name> names, fixtures::Source source);
  std::vector<RenamedBatch::Name> new_names(const fixtures::BatchCase& batch_case);
  std::vector<RenamedBatch::Name> offset_names(const fixtures::BatchCase& batch_case);

  /// Nothing when one of the records has none.
  std::optional<std::vector<RenamedBatch::Name>> kept_names(const fixtures::BatchCase& batch_case) const;
  std::string new_uuid();

  std::mt19937_64 random_{std::random_device{}()};
  std::uint64_t batches_ = 0;
  std::uint64_t shard_ = 0;
  std::uint64_t records_ = 0;
  bool had_several_lengths_ = false;
  std::deque<RenamedBatch> recent_;                   // the latest first
  std::unordered_set<std::string> partitions_{};      // Kafka's, of earlier batches
  std::map<std::string, RenamedBatch::Name> kept_{};  // by their own identifiers
};

}  // namespace batchproof::blackbox
