#pragma once

#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <span>
#include <string>

namespace batchproof::bench {

using fixtures::Source;

/// The sources whose events are a list of records, in the order of `Source`; kafka.cpp measures the other.
inline constexpr auto listed_sources = std::span(fixtures::all_sources).first<4>();

/// The first words of the rows of a listed source: "kinesis", "fifo, skip group".
const char* title(Source source);

struct EventShape {
  std::size_t note_bytes = 120;  ///< the largest part of each payload, which has 80 bytes more
  std::size_t groups = 0;        ///< of a FIFO queue; 0: ten messages in each message group
};

/// An event, the same at every call; about 800 bytes a record in the usual shape. Of Kafka it has a hundred
/// records in each partition, in one shape.
std::string payload(Source source, std::size_t records, const EventShape& shape = {});

/// One record in twenty fails in rows with failures: 5%. Its place in its twenty moves on by seven, so
/// that a message group's first message fails as often as its last.
constexpr bool fails(std::size_t record_index) { return record_index % 20 == record_index / 20 * 7 % 20; }

}  // namespace batchproof::bench
