#pragma once

// The fields of every record, in a file for each source. Beside the names of the fields, it says by which of
// them a failure is reported (`identifier`, `identifier_path`; `pipe_identifier` of a stream's record that
// EventBridge Pipes passes on), the `eventSource` of the records (`source`,
// or `sources`), the processors that read them (`processors`), the object within the record that holds most
// fields
// (`inner_object`), and the field that is decoded once, when somebody asks for it (`lazy_field`); the last
// two only where there are such.

#include "dynamodb_fields.hpp"
#include "kafka_fields.hpp"
#include "kinesis_fields.hpp"
#include "sqs_fields.hpp"
