#pragma once

#include <batchproof/runtime_api/function.hpp>
#include <string>
#include <vector>

namespace batchproof::runtime_api {

/// The environment of a process of this function, as "NAME=value": PATH, the variables that Lambda sets
/// ("Working with Lambda environment variables", AWS Lambda developer guide), those that keep the AWS SDKs
/// from the real AWS, and then the function's own. `endpoint` is the address of the Runtime API, such as
/// "127.0.0.1:40123".
std::vector<std::string> environment_of(const Function& function, const std::string& endpoint);

/// The name and the ARN of the function in its environment.
inline constexpr const char* function_name = "function";
inline constexpr const char* function_arn = "arn:aws:lambda:us-east-1:123456789012:function:function";

}  // namespace batchproof::runtime_api
