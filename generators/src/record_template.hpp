#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Texts and records with gaps, which make it possible to draw a batch of 10,000 records in milliseconds.
//
//     const RecordTemplate chosen(written, gap_values(placeholders));
//     return chosen.fill(gap_values(record));

namespace batchproof::generators {

/// A text with gaps.
class TextTemplate {
 public:
  /// Makes a gap of each occurrence of a placeholder.
  TextTemplate(std::string_view text, const std::vector<std::string>& placeholders);

  bool has_gaps() const noexcept { return !parts_.empty(); }

  /// The text with these values, which are in the order of the placeholders.
  std::string fill(const std::vector<std::string>& values) const;

 private:
  struct Part {
    std::string before;
    std::size_t value = 0;
  };
  std::vector<Part> parts_;
  std::string after_;
};

/// A record whose text and fields have gaps for the parts that differ between the records of one batch.
/// Filling them is some thirty times as fast as drawing and writing a record.
class RecordTemplate {
 public:
  RecordTemplate(const fixtures::CaseRecord& record, const std::vector<std::string>& placeholders);

  fixtures::CaseRecord fill(const std::vector<std::string>& values) const;

 private:
  fixtures::CaseRecord record_;
  TextTemplate identifier_;
  TextTemplate group_;
  TextTemplate json_;
  std::vector<std::pair<std::size_t, TextTemplate>> fields_;  ///< those with gaps, by their places
};

}  // namespace batchproof::generators
