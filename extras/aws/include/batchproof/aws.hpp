#pragma once

// Calls of SQS and DynamoDB on libcurl, without the AWS SDK.

#include <batchproof/aws/client.hpp>
#include <batchproof/aws/errors.hpp>
#include <batchproof/aws/queue_actions.hpp>
