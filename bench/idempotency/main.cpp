// The cost of idempotency: the handling of a message by `idempotent`, which claims its key and keeps its
// result, over two bare round trips to the same server, in one run.
//
//     node idempotency/with_servers.mjs ./batchproof_bench_idempotency
//
// starts the servers and hands their ports over. Prints both times and their ratio; the status is 1 where a
// ratio is above its limit. A server whose port is 0 is left out.

#include <curl/curl.h>
#include <fmt/core.h>
#include <hiredis/hiredis.h>

#include <array>
#include <batchproof/idempotency.hpp>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "../timing.hpp"

namespace bp = batchproof;
using std::chrono::steady_clock;

namespace {

using Work = std::function<void(std::size_t run)>;

/// The median time of each. Blocks of runs alternate, so that both meet the same moods of the machine.
std::array<double, 2> medians(std::size_t runs, const std::array<Work, 2>& works) {
  constexpr std::size_t block = 100;
  std::array<std::vector<double>, 2> times;
  for (std::size_t first = 0; first < runs; first += block) {
    for (std::size_t work = 0; work < works.size(); ++work) {
      for (std::size_t run = first; run < first + block; ++run)
        times[work].push_back(1e6 * bp::bench::seconds_of([&] { works[work](run); }));
    }
  }
  return {bp::bench::median(times[0]), bp::bench::median(times[1])};
}

/// Returns whether the ratio is within its limit.
bool print(const char* store, const std::array<double, 2>& times, double limit) {
  const double ratio = times[1] / times[0];
  fmt::print("{:<10} two bare round trips {:8.1f} us   idempotent {:8.1f} us   ratio {:.2f}, limit {:.1f}\n",
             store, times[0], times[1], ratio, limit);
  return ratio <= limit;
}

std::string key_of(const char* who, std::size_t run) {
  static const std::string process = std::to_string(steady_clock::now().time_since_epoch().count());
  return who + process + "-" + std::to_string(run);
}

/// Times the handling of a message, without the decoding, beside the bare work. Each run has a key of its
/// own.
bool compare(const char* name, bp::IdempotencyStore& store, const Work& bare, std::size_t runs,
             double limit) {
  const auto event = bp::decode<bp::SqsRecord>(
      R"({"Records":[{"messageId":"m1","body":"{\"quantity\":2}","eventSource":"aws:sqs"}]})");
  const bp::LambdaContext context;
  std::string key;
  const auto handler =
      bp::idempotent([](const bp::SqsRecord&) { return std::string("receipt"); }, store,
                     {.key = [&key](const bp::SqsRecord&) { return key; }, .prefix = "orders"});
  const auto guarded = [&](std::size_t run) {
    key = key_of("guarded", run);
    handler(event.records()[0], context);
  };
  for (std::size_t run = runs; run < runs + 20; ++run) {  // connects, and warms up
    bare(run);
    guarded(run);
  }
  return print(name, medians(runs, {bare, guarded}), limit);
}

/// Two writes of hiredis, of a value as long as a claim.
bool compare_redis(int port) {
  redisContext* const context = redisConnect("127.0.0.1", port);
  if (context == nullptr || context->err != 0) throw std::runtime_error("no Redis");
  const std::string value(150, 'x');
  const auto write = [&](const std::string& key) {
    const std::array<const char*, 5> words{"SET", key.c_str(), value.c_str(), "PX", "60000"};
    freeReplyObject(redisCommandArgv(context, static_cast<int>(words.size()),
                                     const_cast<const char**>(words.data()), nullptr));
  };
  bp::RedisStore store({.port = port});
  const bool is_within = compare(
      "Redis", store,
      [&](std::size_t run) {
        write(key_of("bare", run));
        write(key_of("bare", run));
      },
      5'000, 1.3);
  redisFree(context);
  return is_within;
}

std::size_t ignore(char*, std::size_t, std::size_t size, void*) { return size; }

/// One connection of libcurl, which signs.
class BareConnection {
 public:
  explicit BareConnection(std::string url) : url_(std::move(url)) {
    curl_easy_setopt(curl_, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl_, CURLOPT_AWS_SIGV4, "aws:amz:us-east-1:dynamodb");
    curl_easy_setopt(curl_, CURLOPT_USERPWD, "AKIDEXAMPLE:secret");
    curl_easy_setopt(curl_, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &ignore);
  }
  BareConnection(const BareConnection&) = delete;
  BareConnection& operator=(const BareConnection&) = delete;
  ~BareConnection() { curl_easy_cleanup(curl_); }

  void post(const std::string& operation, const std::string& body) {
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/x-amz-json-1.0");
    headers = curl_slist_append(headers, ("X-Amz-Target: DynamoDB_20120810." + operation).c_str());
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
    const CURLcode code = curl_easy_perform(curl_);
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    if (code != CURLE_OK || status != 200) throw std::runtime_error(operation + " failed");
  }

 private:
  std::string url_;
  CURL* curl_ = curl_easy_init();
};

/// The two requests of the store, without the store: DynamoDB has the same work.
struct BareRequests {
  static std::string put(const std::string& key) {
    return R"({"TableName":"handled","Item":{"id":{"S":")" + key +
           R"~("},"status":{"S":"INPROGRESS"},"claim":{"S":"0123456789abcdef"},"expiration":{"N":"1900000000"},)~"
           R"~("in_progress_expiration":{"N":"1900000000000"},)~"
           R"~("validation":{"S":"0123456789abcdef0123456789abcdef01234567"}},)~"
           R"~("ConditionExpression":"attribute_not_exists(#key) OR #expiration < :now OR )~"
           R"~((#status = :in_progress AND #in_progress_expiration < :now_in_milliseconds)",)~"
           R"~("ExpressionAttributeNames":{"#key":"id","#status":"status","#expiration":"expiration",)~"
           R"~("#in_progress_expiration":"in_progress_expiration"},)~"
           R"~("ExpressionAttributeValues":{":now":{"N":"1800000000"},)~"
           R"~(":now_in_milliseconds":{"N":"1800000000000"},":in_progress":{"S":"INPROGRESS"}}})~";
  }
  static std::string update(const std::string& key) {
    return R"({"TableName":"handled","Key":{"id":{"S":")" + key +
           R"~("}},"UpdateExpression":"SET #status = :completed, #data = :data, #expiration = :expiration, )~"
           R"~(#claim = :claim, #validation = :validation",)~"
           R"~("ConditionExpression":"attribute_not_exists(#key) OR #claim = :claim",)~"
           R"~("ExpressionAttributeNames":{"#key":"id","#status":"status","#data":"data",)~"
           R"~("#expiration":"expiration","#claim":"claim","#validation":"validation"},)~"
           R"~("ExpressionAttributeValues":{":completed":{"S":"COMPLETED"},":data":{"S":"receipt"},)~"
           R"~(":expiration":{"N":"1900000000"},":claim":{"S":"0123456789abcdef"},)~"
           R"~(":validation":{"S":"0123456789abcdef0123456789abcdef01234567"}}})~";
  }
};

bool compare_dynamodb(int port) {
  const std::string url = "http://127.0.0.1:" + std::to_string(port);
  const bp::aws::ClientOptions client{.region = "us-east-1",
                                      .endpoint = url,
                                      .credentials =
                                          [] {
                                            return bp::aws::Credentials{"AKIDEXAMPLE", "secret", ""};
                                          },
                                      .time_limit = std::chrono::seconds(20)};
  bp::aws::Client(bp::aws::Service::dynamodb, client)
      .call("CreateTable", R"({"TableName":"handled","BillingMode":"PAY_PER_REQUEST",
          "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
          "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})");
  bp::DynamoDbStore store({.table = "handled", .client = client});
  BareConnection bare(url);
  return compare(
      "DynamoDB", store,
      [&](std::size_t run) {
        bare.post("PutItem", BareRequests::put(key_of("bare", run)));
        bare.post("UpdateItem", BareRequests::update(key_of("bare", run)));
      },
      1'000, 1.2);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "batchproof_bench_idempotency PORT_OF_REDIS PORT_OF_DYNAMODB\n");
    return 2;
  }
  bool is_within = true;
  if (const int port = std::atoi(arguments[1]); port != 0) is_within &= compare_redis(port);
  if (const int port = std::atoi(arguments[2]); port != 0) is_within &= compare_dynamodb(port);
  return is_within ? 0 : 1;
}
