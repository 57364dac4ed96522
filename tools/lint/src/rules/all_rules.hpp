#pragma once

#include <batchproof/lint/rule.hpp>
#include <string_view>

namespace batchproof::lint {

/// The reason of several rules.
inline constexpr std::string_view mapping_is_refused =
    "the service refuses the event source mapping, so the earlier deployment stays in effect";

extern const Rule reporting_not_enabled;
extern const Rule response_types_not_a_list;
extern const Rule batch_over_10000;
extern const Rule setting_out_of_range;
extern const Rule setting_of_another_source;
extern const Rule arn_needed;
extern const Rule source_not_given;
extern const Rule key_repeated;

extern const Rule visibility_timeout_too_short;
extern const Rule visibility_timeout_close;
extern const Rule batch_over_10_without_window;
extern const Rule fifo_batch_over_10;
extern const Rule fifo_window;
extern const Rule concurrency_above_reserved;
extern const Rule filters_on_one_queue;

extern const Rule no_dead_letter_queue;
extern const Rule dead_letter_queue_is_the_source;
extern const Rule dead_letter_queue_kind;
extern const Rule dead_letter_queue_retention;
extern const Rule max_receive_count_too_low;
extern const Rule retention_too_short;

extern const Rule endless_stream_retries;
extern const Rule no_on_failure_destination;
extern const Rule on_failure_destination_kind;
extern const Rule bisect_off;
extern const Rule parallelization_out_of_range;
extern const Rule starting_position_latest;
extern const Rule starting_position_refused;
extern const Rule many_readers_of_one_stream;
extern const Rule kafka_needs_provisioned_pollers;

extern const Rule idempotency_table_never_expires;
extern const Rule idempotency_table_key;
extern const Rule idempotency_actions_missing;
extern const Rule idempotency_actions_too_many;

}  // namespace batchproof::lint
