#pragma once

// All small batches, one after the other. What random cases find by chance these find for certain, as long as
// few records show it.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

/// A record of a small batch, before there is any text.
struct SmallRecord {
  std::size_t position = 0;
  std::optional<std::size_t> group{};  ///< of a queue: its message group; streams use one partition key
  bool rejected = false;
  std::string sequence_number{};  ///< of a stream; ascending, across powers of ten and 64 bits
};

/// Every batch of up to 6 records in which each is accepted or rejected: of a queue in up to 3 message groups
/// or none, told apart by who shares a group; of a stream with numbers of several distances and lengths.
/// Smallest first. One thread at a time.
class SmallCases {
 public:
  using MakeRecord = std::function<fixtures::CaseRecord(const SmallRecord& record)>;

  /// `make_record` is called once for each different record, and says nothing of the verdict.
  SmallCases(fixtures::Source source, MakeRecord make_record);

  std::size_t count() const noexcept { return codes_.size(); }
  fixtures::BatchCase batch(std::size_t number);

  /// Takes out the batches that hold a rejected record, or an accepted one.
  void leave_out(bool rejected);

 private:
  fixtures::Source source_;
  MakeRecord make_record_;
  std::vector<std::string> codes_;  // a letter for each record
  std::map<std::string, fixtures::CaseRecord> made_;
};

/// Records with nothing in them, for processors.
fixtures::CaseRecord plain_small_record(fixtures::Source source, const SmallRecord& record);

/// Records that carry this payload, for handlers; what a payload is says `VerifyHandlerOptions`.
fixtures::CaseRecord small_record_of(fixtures::Source source, const SmallRecord& record,
                                     const std::string& payload);

}  // namespace batchproof::properties
