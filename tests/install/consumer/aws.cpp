// A call of SQS from an environment without a region.

#include <batchproof/aws.hpp>
#include <cstdlib>
#include <iostream>

int main() {
  unsetenv("AWS_REGION");
  unsetenv("AWS_DEFAULT_REGION");
  const batchproof::aws::Client sqs(batchproof::aws::Service::sqs);
  try {
    sqs.call("SendMessage", "{}");
  } catch (const batchproof::aws::ConfigurationError& error) {
    std::cout << error.what() << '\n';
    return 0;
  }
  return 1;
}
