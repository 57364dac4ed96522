#pragma once

// The fields of an SQS message.

#include <string_view>

#include "field_names.hpp"
#include "field_table.hpp"

namespace batchproof::inline v0_1::detail {

enum class SqsField {
  message_id,
  receipt_handle,
  body,
  attributes,
  message_attributes,
  md5_of_body,
  event_source,
  event_source_arn,
  aws_region,
  md5_of_message_attributes,
  count
};

struct SqsFields : FieldTable<SqsField> {
  using Names = FieldNames<
      NamedField{"messageId", SqsField::message_id}, NamedField{"receiptHandle", SqsField::receipt_handle},
      NamedField{"body", SqsField::body}, NamedField{"attributes", SqsField::attributes},
      NamedField{"messageAttributes", SqsField::message_attributes},
      NamedField{"md5OfBody", SqsField::md5_of_body}, NamedField{"eventSource", SqsField::event_source},
      NamedField{"eventSourceARN", SqsField::event_source_arn}, NamedField{"awsRegion", SqsField::aws_region},
      NamedField{"md5OfMessageAttributes", SqsField::md5_of_message_attributes}>;
  static_assert(name_all_fields<SqsField, Names>);

  static constexpr SqsField lazy_field = SqsField::body;
  static constexpr SqsField identifier = SqsField::message_id;
  static constexpr const char* identifier_path = "messageId";
  static constexpr QuotedText source{"aws:sqs"};
  static constexpr const char* processors = "BatchProcessor<SqsRecord> or SqsFifoPartialProcessor";

  std::string_view order_group;  ///< without data when it is missing or not a string
  bool from_fifo_queue = false;
};

}  // namespace batchproof::inline v0_1::detail
