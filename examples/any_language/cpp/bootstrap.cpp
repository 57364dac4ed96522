// A function in C++ that asks the Runtime API for invocations itself, with libcurl ("Using the Lambda runtime
// API for custom runtimes", AWS Lambda developer guide). run_batch_handler does the same with aws-lambda-cpp.
#include <curl/curl.h>

#include <batchproof/batch.hpp>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::SqsRecord> processor;

std::size_t append(const char* bytes, std::size_t size, std::size_t count, std::string* text) {
  text->append(bytes, size * count);
  return size * count;
}

/// One connection to the Runtime API, which stays open from invocation to invocation.
class RuntimeApi {
 public:
  explicit RuntimeApi(const std::string& host)
      : invocations_("http://" + host + "/2018-06-01/runtime/invocation/") {
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, append);
  }

  /// Waits for the next event; `request_id` is what its answer must name.
  std::string next(std::string& request_id) {
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPGET, 1L);
    std::string event = answer_of("next");
    curl_header* header = nullptr;
    if (curl_easy_header(curl_.get(), "Lambda-Runtime-Aws-Request-Id", 0, CURLH_HEADER, -1, &header) !=
        CURLHE_OK)
      throw std::runtime_error("the Runtime API gave no request id");
    request_id = header->value;
    return event;
  }

  /// `what` is "response" or "error".
  void post(const std::string& request_id, const char* what, std::string_view text) {
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
    curl_easy_setopt(curl_.get(), CURLOPT_COPYPOSTFIELDS, text.data());
    answer_of(request_id + "/" + what);
  }

 private:
  std::string answer_of(const std::string& path) {
    std::string answer;
    curl_easy_setopt(curl_.get(), CURLOPT_URL, (invocations_ + path).c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &answer);
    if (const CURLcode code = curl_easy_perform(curl_.get()); code != CURLE_OK)
      throw std::runtime_error(curl_easy_strerror(code));
    return answer;
  }

  std::string invocations_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{curl_easy_init(), curl_easy_cleanup};
};

int main() {
  RuntimeApi runtime(std::getenv("AWS_LAMBDA_RUNTIME_API"));
  for (;;) {
    std::string request_id;
    const std::string event = runtime.next(request_id);
    try {
      runtime.post(request_id, "response", bp::process_partial_response(event, handle_order, processor));
    } catch (const std::exception& error) {  // such as BatchProcessingError, when every record failed
      const nlohmann::json answer{{"errorType", "Error"}, {"errorMessage", error.what()}};
      runtime.post(request_id, "error", answer.dump());
    }
  }
}
