#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "payloads.hpp"

namespace batchproof::bench {

/// The least that any reader of a batch must do: copies the payload into a padded buffer and walks it once
/// with simdjson on-demand, one parser for all calls, taking the identifier and the undecoded payload of each
/// record (SQS body, Kinesis data, DynamoDB NewImage as raw text). Returns the bytes of both, so that no work
/// can be left out.
std::size_t bare_walk(Source source, std::string_view payload);

/// The same walk of a batch of SQS messages, with each body unescaped.
std::size_t walk_that_reads_bodies(std::string_view payload);

/// A function as users write it without batchproof: nlohmann's parse, a loop with try and catch around the
/// handler, and the response as a nlohmann object. FIFO: stops the message groups that failed.
std::string plain_nlohmann_loop(Source source, std::string_view payload, bool with_failures);

/// Throws and catches the error of failing handlers `count` times, and does nothing else. Returns the bytes
/// of their texts.
std::size_t bare_throws(std::size_t count);

}  // namespace batchproof::bench
