#pragma once

// The fields of every record, in a file for each source. Each has the names of the fields; `identifier` and
// `identifier_path`, the field that reports a failure; `pipe_identifier`, the same for a stream's record of
// EventBridge Pipes; `source` or `sources`, the `eventSource` of the records; `processors`, those that read
// them; and, if the source has them, `inner_object`, the object within the record that holds most fields, and
// `lazy_field`, the field that is decoded once, on its first read.

#include "dynamodb_fields.hpp"
#include "kafka_fields.hpp"
#include "kinesis_fields.hpp"
#include "sqs_fields.hpp"
