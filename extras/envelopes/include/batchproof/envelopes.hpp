#pragma once

// Handlers of the records inside a record: user records of the Kinesis Producer Library, changes of DynamoDB
// items, log events, SNS messages, EventBridge events, S3 notifications. Each makes a record handler of a
// handler of the inner record, and they compose, with each other and with `typed`:
//
//   process_partial_response(payload, bp::sns_message(bp::s3_notification(handle_object)), processor);
//
// The forms of an inner handler are `(const Inner&)`, `(const Inner&, const Record&)`, each also with a
// `const LambdaContext&` at the end; the longest that fits is called. It may be a coroutine.
//
// A record that cannot be opened, or whose inner handler failed, fails by an `InnerRecordError`. The handlers
// that these functions return are as thread-safe as the inner handler.

#include <batchproof/batch.hpp>
#include <batchproof/envelopes/cloudwatch_logs.hpp>
#include <batchproof/envelopes/dynamodb_change.hpp>
#include <batchproof/envelopes/eventbridge_event.hpp>
#include <batchproof/envelopes/inner_record_error.hpp>
#include <batchproof/envelopes/s3_notification.hpp>
#include <batchproof/envelopes/sns_message.hpp>
#include <batchproof/envelopes/user_records.hpp>
