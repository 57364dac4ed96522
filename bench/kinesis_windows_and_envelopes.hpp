#pragma once

namespace batchproof::bench {

/// The cost of a user record within an aggregate, and that of a tumbling window beside the work that it
/// cannot do without.
void register_kinesis_windows_and_envelopes();

}  // namespace batchproof::bench
