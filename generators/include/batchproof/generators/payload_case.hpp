#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>

namespace batchproof::generators {

/// Batches whose records have these payloads: the body of an SQS message, the bytes of a Kinesis record, the
/// new image of a DynamoDB record as DynamoDB writes it (`{"quantity": {"N": "2"}}`). Records are rejected by
/// the same patterns as in `batch_case`; if one list is empty, all payloads come from the other, and if both
/// are, no record is drawn. The other fields of a record vary, but every field that AWS always sends is
/// there.
///
/// Throws `std::invalid_argument` for a payload of a DynamoDB record that is not such an image, since
/// DynamoDB could not send it, and for a body that is not UTF-8; the generator throws it where a function
/// draws such a payload.
rc::Gen<fixtures::BatchCase> payload_case(fixtures::Source source, const fixtures::PayloadList& accepted,
                                          const fixtures::PayloadList& rejected,
                                          const BatchOptions& options = {});

}  // namespace batchproof::generators
