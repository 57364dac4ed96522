#pragma once

// Random events whose records hold other services' records, by the names of the adaptors in
// `<batchproof/envelopes.hpp>`:
//
//     const auto generator = drawn_envelopes("sns_message", Source::sqs, options);

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {

/// "sns_message", "user_records" and so on.
std::vector<std::string> envelope_names();

/// The source that an envelope comes from unless another one is asked for: a queue, or a Kinesis stream.
fixtures::Source usual_source_of(std::string_view envelope);

/// Batches whose records hold envelopes of orders; with `hostile` also envelopes that are damaged. Throws
/// `UsageError` when this source cannot hold them.
rc::Gen<fixtures::BatchCase> drawn_envelopes(std::string_view envelope, fixtures::Source source,
                                             const generators::BatchOptions& options);

}  // namespace batchproof::tools
