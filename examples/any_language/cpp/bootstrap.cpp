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

  /// Waits for the next event.
  std::string next() {
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, nullptr);
    std::string event = answer_of("next");
    request_id_ = header("Lambda-Runtime-Aws-Request-Id");
    if (request_id_.empty()) throw std::runtime_error("the Runtime API gave no request id");
    const std::string invocation_id = header("Lambda-Runtime-Invocation-Id");
    echoed_.reset();  // an answer repeats the invocation id, if there was one
    if (!invocation_id.empty())
      echoed_.reset(curl_slist_append(nullptr, ("Lambda-Runtime-Invocation-Id: " + invocation_id).c_str()));
    return event;
  }

  /// Answers the last event; `what` is "response" or "error".
  void post(const char* what, std::string_view text) {
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
    curl_easy_setopt(curl_.get(), CURLOPT_COPYPOSTFIELDS, text.data());
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, echoed_.get());
    answer_of(request_id_ + "/" + what);
  }

 private:
  /// A header of the last answer; empty when there is none.
  std::string header(const char* name) {
    curl_header* found = nullptr;
    return curl_easy_header(curl_.get(), name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value : "";
  }

  std::string answer_of(const std::string& path) {
    std::string answer;
    curl_easy_setopt(curl_.get(), CURLOPT_URL, (invocations_ + path).c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &answer);
    if (const CURLcode code = curl_easy_perform(curl_.get()); code != CURLE_OK)
      throw std::runtime_error(curl_easy_strerror(code));
    return answer;
  }

  std::string invocations_;
  std::string request_id_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> echoed_{nullptr, curl_slist_free_all};
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{curl_easy_init(), curl_easy_cleanup};
};

int main() {
  RuntimeApi runtime(std::getenv("AWS_LAMBDA_RUNTIME_API"));
  for (;;) {
    const std::string event = runtime.next();
    const bp::InvocationAnswer answer =
        bp::answer_invocation([&] { return bp::process_partial_response(event, handle_order, processor); });
    runtime.post(answer.succeeded ? "response" : "error", answer.body);
  }
}
