#pragma once

// The fields of every record, by source. A file of fields says, for `decode` and its errors:
//
//   Names, InnerNames         the names in JSON, of the record and of the object within it that holds the
//   others inner_object, lazy_field  where there are such: that object, and the field that is decoded once,
//   when asked for identifier                the field by which a failure is reported, and `identifier_path`,
//   its place source                    the `eventSource` processors                the processors of this
//   source, for the user of another one

#include "dynamodb_fields.hpp"
#include "kinesis_fields.hpp"
#include "sqs_fields.hpp"
