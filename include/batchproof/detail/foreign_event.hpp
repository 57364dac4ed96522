#pragma once

// Names an event that no processor reads, for the error that refuses it. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// Describes a payload that `decode` refused, with advice, in one line such as "an Amazon SNS notification:
/// subscribe an SQS queue to the topic, ..."; "" for a payload that it does not recognise. It looks at the
/// whole payload, and at the record at this position if there is one. Never throws because of the payload's
/// content. Takes time proportional to the payload: call it only for an event that was refused.
/// `refused_by_kafka`: the processor of Kafka refused it, not one of a queue or stream.
BATCHPROOF_EXPORT std::string describe_foreign_event(std::string_view payload, std::size_t record_index = 0,
                                                     bool refused_by_kafka = false);

/// The processors of the library for this `eventSource`, such as "BatchProcessor<KafkaRecord>"; "" when it
/// has none.
std::string processor_for(std::string_view event_source);

}  // namespace batchproof::inline v0_1::detail
