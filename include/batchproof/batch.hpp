#pragma once

// Everything a function needs. `<batchproof/json.hpp>` adds typed payloads.

#include <batchproof/attribute_value.hpp>
#include <batchproof/backoff.hpp>
#include <batchproof/base_partial_processor.hpp>
#include <batchproof/batch_processing_error.hpp>
#include <batchproof/batch_processor.hpp>
#include <batchproof/batch_response.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/event.hpp>
#include <batchproof/failure_request.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/invocation_answer.hpp>
#include <batchproof/kafka_record.hpp>
#include <batchproof/kinesis_stream_record.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/process_partial_response.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/sqs_fifo_partial_processor.hpp>
#include <batchproof/sqs_record.hpp>
#include <batchproof/status.hpp>
#include <batchproof/version.hpp>
