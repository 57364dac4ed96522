// One HTTPS connection to a service of AWS, by libcurl: signs each request, sends it, and reads the response.
//
//     handle.describe(request);
//     handle.set(CURLOPT_HTTPHEADER, headers.get());
//     const CURLcode code = curl_easy_perform(handle.curl);

#include "connection.hpp"

#include <curl/curl.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <new>
#include <optional>
#include <stdexcept>

namespace batchproof::inline v0_1::aws {
namespace {

/// No answer of the calls that are made here is nearly as long.
constexpr std::size_t longest_response = std::size_t{16} << 20U;

/// "20150830T123600Z", the form in which AWS dates requests.
std::string amazon_date(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 20> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts)};
}

void initialize_curl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
}

std::size_t receive_body(char* data, std::size_t, std::size_t size, void* target) noexcept {
  auto& body = static_cast<HttpResponse*>(target)->body;
  if (body.size() + size > longest_response) return 0;
  try {
    body.append(data, size);
  } catch (const std::bad_alloc&) {
    return 0;  // ends the transfer
  }
  return size;
}

/// The value of a header line when it has this name, in whatever case.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
  if (strncasecmp(line.data(), name.data(), name.size()) != 0) return std::nullopt;
  line.remove_prefix(name.size() + 1);
  const auto first = line.find_first_not_of(" \t");
  const auto last = line.find_last_not_of(" \t\r\n");
  return first == std::string_view::npos ? "" : line.substr(first, last + 1 - first);
}

std::size_t receive_header(char* data, std::size_t, std::size_t size, void* target) noexcept {
  auto& response = *static_cast<HttpResponse*>(target);
  const std::string_view line(data, size);
  try {
    if (const auto id = value_of(line, "x-amzn-requestid")) response.request_id = *id;
    if (const auto date = value_of(line, "date")) {
      const std::time_t seconds = curl_getdate(std::string(*date).c_str(), nullptr);
      if (seconds >= 0) response.date = std::chrono::system_clock::from_time_t(seconds);
    }
  } catch (const std::bad_alloc&) {
    return 0;
  }
  return size;
}

/// Called before a request is sent on a connection that works. libcurl sends a request again, on a new
/// connection, when one that it had kept is closed without an answer. It does so even when all of the request
/// had been sent, so that the server may have carried it out: this prevents that.
int allow_one_attempt(void* target, char*, char*, int, int) noexcept {
  return ++*static_cast<int*>(target) == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

/// Headers as libcurl takes them.
class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() { curl_slist_free_all(first_); }

  void add(const std::string& line) {
    curl_slist* const longer = curl_slist_append(first_, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    first_ = longer;
  }
  curl_slist* get() const noexcept { return first_; }

 private:
  curl_slist* first_ = nullptr;
};

}  // namespace

struct Connection::Handle {
  CURL* curl = nullptr;
  HttpResponse response;
  std::array<char, CURL_ERROR_SIZE> error{};
  int attempts = 0;  ///< of libcurl, to send the current request

  Handle() : curl(curl_easy_init()) {
    if (curl == nullptr) throw std::bad_alloc();
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }

  template <class Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(curl, option, value);
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK) throw std::logic_error(std::string("libcurl: ") + curl_easy_strerror(code));
  }

  void set_text(CURLoption option, const std::string& value) { set(option, value.c_str()); }
  void set_time(CURLoption option, std::chrono::milliseconds time) {
    set(option, static_cast<long>(std::max<std::chrono::milliseconds::rep>(time.count(), 1)));
  }

  /// Sets the options that all requests share.
  void prepare() {
    set(CURLOPT_WRITEFUNCTION, &receive_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&response));
    set(CURLOPT_HEADERFUNCTION, &receive_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&response));
    set(CURLOPT_PREREQFUNCTION, &allow_one_attempt);
    set(CURLOPT_PREREQDATA, static_cast<void*>(&attempts));
    set(CURLOPT_ERRORBUFFER, error.data());
    set(CURLOPT_NOSIGNAL, 1L);  // time-outs in any thread
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);  // sends long bodies at once, without waiting for 100 Continue
  }

  void describe(const SignedRequest& request) {
    set_text(CURLOPT_URL, std::string(request.url));
    set_text(CURLOPT_AWS_SIGV4,
             "aws:amz:" + std::string(request.region) + ":" + std::string(request.service));
    set_text(CURLOPT_USERNAME, request.credentials.access_key_id);
    set_text(CURLOPT_PASSWORD, request.credentials.secret_access_key);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.data() == nullptr ? "" : request.body.data());
    set_time(CURLOPT_CONNECTTIMEOUT_MS, request.connect_timeout);
    set_time(CURLOPT_TIMEOUT_MS, request.timeout);
  }
};

Connection::Connection() {
  initialize_curl();
  handle_ = std::make_unique<Handle>();
  handle_->prepare();
}

Connection::~Connection() = default;

const HttpResponse& Connection::post(const SignedRequest& request) {
  Handle& handle = *handle_;
  HeaderList headers;
  headers.add("X-Amz-Date: " + amazon_date(request.time));
  const std::string& token = request.credentials.session_token;
  if (!token.empty()) headers.add("X-Amz-Security-Token: " + token);
  for (const std::string& header : request.headers) headers.add(header);
  handle.describe(request);
  handle.set(CURLOPT_HTTPHEADER, headers.get());
  handle.response.body.clear();
  handle.response.request_id.clear();
  handle.response.date = {};
  handle.error[0] = '\0';
  handle.attempts = 0;

  const CURLcode code = curl_easy_perform(handle.curl);
  if (handle.attempts > 1) throw TransferError(curl_easy_strerror(CURLE_GOT_NOTHING), true);
  if (code != CURLE_OK) {
    const char* const text = handle.error[0] != '\0' ? handle.error.data() : curl_easy_strerror(code);
    throw TransferError(text, handle.attempts > 0);
  }
  curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &handle.response.status);
  return handle.response;
}

}  // namespace batchproof::inline v0_1::aws
