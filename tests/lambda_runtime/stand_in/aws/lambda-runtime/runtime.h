#pragma once

// Stands in for the header of aws-lambda-cpp, which Debian does not package: the names of it that we use, and a loop
// that gives a function invocations and keeps its answers. As in the original, nothing is caught here.
//
// A test puts invocations into stand_in::requests. A program whose environment names a file in
// BATCHPROOF_STAND_IN_EVENT is given the event in it, and its answer is printed.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <mutex>
#include <string>
#include <vector>

namespace aws::lambda_runtime {

struct invocation_request {
  std::string payload;
  std::string request_id;
  std::string function_arn;
  std::chrono::time_point<std::chrono::system_clock> deadline;
};

class invocation_response {
 public:
  invocation_response(std::string const& payload, std::string const& content_type, bool success)
      : payload_(payload), content_type_(content_type), success_(success) {}

  std::string const& get_content_type() const { return content_type_; }
  std::string const& get_payload() const { return payload_; }
  bool is_success() const { return success_; }

 private:
  std::string payload_;
  std::string content_type_;
  bool success_;
};

}  // namespace aws::lambda_runtime

namespace stand_in {

inline std::vector<aws::lambda_runtime::invocation_request> requests;
inline std::vector<aws::lambda_runtime::invocation_response> responses;
inline std::mutex mutex;                   // of both, for loops on several threads
inline std::atomic<std::size_t> next = 0;  // of the requests

}  // namespace stand_in

namespace aws::lambda_runtime {

/// Owns the connection to Lambda; making the first one initialises the HTTP library.
class runtime {
 public:
  explicit runtime(std::string const&) {}
  ~runtime() {}
};

inline void run_handler(std::function<invocation_response(invocation_request const&)> const& handler) {
  if (const char* const path = std::getenv("BATCHPROOF_STAND_IN_EVENT")) {
    std::ifstream file(path, std::ios::binary);
    invocation_request const request{{std::istreambuf_iterator<char>(file), {}}, "request-1", "", {}};
    invocation_response const response = handler(request);
    std::cout << response.get_payload() << '\n';
    std::exit(0);  // as a function ends: while it waits for its next invocation
  }
  for (std::size_t taken = 0; (taken = stand_in::next++) < stand_in::requests.size();) {
    invocation_response const response = handler(stand_in::requests[taken]);
    std::lock_guard const lock(stand_in::mutex);
    stand_in::responses.push_back(response);
  }
}

}  // namespace aws::lambda_runtime
