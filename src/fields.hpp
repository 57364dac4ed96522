#pragma once

// The fields of every record, by source. A file of fields says, for `decode` and its errors:
//
//   Names, InnerNames            the names in JSON, of the record and of the object within it that holds
//   others inner_object, lazy_field     where there are such: that object, and the field that is decoded
//   once, when
//                                asked for
//   identifier, identifier_path  the field by which a failure is reported, and its place
//   source, or sources           the `eventSource`
//   processors                   the processors of this source, for the user of another one

#include "dynamodb_fields.hpp"
#include "kafka_fields.hpp"
#include "kinesis_fields.hpp"
#include "sqs_fields.hpp"
