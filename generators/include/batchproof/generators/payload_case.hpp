#pragma once

#include <rapidcheck/Gen.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <string>
#include <vector>

namespace batchproof::generators {

/// Batches whose records carry these payloads: the body of an SQS message, the bytes of a Kinesis record, the
/// new image of a DynamoDB record as DynamoDB writes it (`{"quantity": {"N": "2"}}`). Which records are
/// rejected follows the same patterns as in `batch_case`; if one list is empty, all payloads come from the
/// other, and no record is drawn when both are. The other fields of a record vary, but every field that AWS
/// always sends is there.
///
/// Throws `std::invalid_argument` for a payload of a DynamoDB record that is not such an image, since
/// DynamoDB could not send it, and for a body that is not UTF-8.
rc::Gen<fixtures::BatchCase> payload_case(fixtures::Source source, const std::vector<std::string>& accepted,
                                          const std::vector<std::string>& rejected,
                                          const BatchOptions& options = {});

}  // namespace batchproof::generators
