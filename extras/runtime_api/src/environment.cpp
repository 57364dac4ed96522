#include "environment.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>

namespace batchproof::runtime_api {
namespace {

using Variables = std::map<std::string, std::string>;

Variables lambda_variables(const Function& function, const std::string& endpoint) {
  const std::string task_root = function.working_directory.empty()
                                    ? std::filesystem::current_path().string()
                                    : std::filesystem::absolute(function.working_directory).string();
  Variables variables{
      {"AWS_LAMBDA_RUNTIME_API", endpoint},
      {"_HANDLER", "index.handler"},
      {"LAMBDA_TASK_ROOT", task_root},
      {"LAMBDA_RUNTIME_DIR", "/var/runtime"},
      {"AWS_LAMBDA_FUNCTION_NAME", function_name},
      {"AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"},
      {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(function.memory_megabytes)},
      {"AWS_LAMBDA_LOG_GROUP_NAME", std::string("/aws/lambda/") + function_name},
      {"AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef"},
      {"AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"},
      {"AWS_REGION", "us-east-1"},
      {"AWS_DEFAULT_REGION", "us-east-1"},
      {"LANG", "en_US.UTF-8"},
      {"TZ", ":UTC"},
  };
  if (function.max_concurrency > 1) {  // "Lambda Managed Instances", AWS Lambda developer guide
    variables["AWS_LAMBDA_MAX_CONCURRENCY"] = std::to_string(function.max_concurrency);
    variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "lambda-managed-instances";
    variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
  }
  return variables;
}

/// Variables that keep an SDK from finding credentials, settings, the instance's role or an endpoint of AWS.
/// Port 9 is that of `discard`.
Variables closed_doors() {
  return {
      {"AWS_ACCESS_KEY_ID", "BATCHPROOFDUMMYKEY"},     {"AWS_SECRET_ACCESS_KEY", "batchproof-dummy-secret"},
      {"AWS_SESSION_TOKEN", "batchproof-dummy-token"}, {"AWS_ENDPOINT_URL", "http://127.0.0.1:9"},
      {"AWS_EC2_METADATA_DISABLED", "true"},           {"AWS_CONFIG_FILE", "/dev/null"},
      {"AWS_SHARED_CREDENTIALS_FILE", "/dev/null"},    {"AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:9"},
      {"AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"},       {"HOME", ""},
  };
}

}  // namespace

std::vector<std::string> environment_of(const Function& function, const std::string& endpoint) {
  Variables variables = function.environment;
  variables.merge(lambda_variables(function, endpoint));
  variables.merge(closed_doors());
  const char* const path = std::getenv("PATH");
  variables.emplace("PATH", path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path);
  std::vector<std::string> texts;
  texts.reserve(variables.size());
  for (const auto& [name, value] : variables) (texts.emplace_back(name) += '=') += value;
  return texts;
}

}  // namespace batchproof::runtime_api
