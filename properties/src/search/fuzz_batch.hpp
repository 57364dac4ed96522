#pragma once

// Makes a batch out of any bytes, for fuzzers:
//
//     FuzzBytes bytes(input);
//     fuzz_batch(subject.source, bytes, {.lists = &lists, .learn = learn}, largest_batch);

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/fuzz_bytes.hpp>
#include <batchproof/properties/payloads.hpp>
#include <functional>
#include <optional>

namespace batchproof::properties {

using fixtures::FuzzBytes;

/// The payloads that bytes may choose, and how to judge a payload of no list.
struct FuzzPayloads {
  const Payloads* lists = nullptr;  ///< null for a processor, whose pattern the bytes choose

  /// Whether the handler rejects a record whose payload is in no list; nothing when it was not called.
  std::function<std::optional<bool>(const fixtures::BatchCase& alone)> learn{};

  bool hostile = false;  ///< false: a record that AWS would not send is left out
};

/// A batch of this source with up to `most_records` records, and at most 40.
fixtures::BatchCase fuzz_batch(fixtures::Source source, FuzzBytes& bytes, const FuzzPayloads& payloads,
                               std::size_t most_records);

}  // namespace batchproof::properties
