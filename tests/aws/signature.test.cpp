// The signatures of AWS's published test suite for Signature Version 4 (AWS general reference, "Signature
// Version 4 test suite"): those of its requests that have the form of ours.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "connection.hpp"
#include "loopback_server.hpp"

namespace batchproof::aws {
namespace {

/// While it lives, requests to whatever host go to the server.
class ProxyVariable {
 public:
  explicit ProxyVariable(const LoopbackServer& server) { setenv("http_proxy", server.url().c_str(), 1); }
  ~ProxyVariable() { unsetenv("http_proxy"); }
  ProxyVariable(const ProxyVariable&) = delete;
  ProxyVariable& operator=(const ProxyVariable&) = delete;
};

std::string authorization_of(const std::string& session_token, const std::vector<std::string>& headers,
                             const std::string& body) {
  LoopbackServer server(LoopbackServer::Answers{{}});
  const ProxyVariable proxy(server);
  const Credentials credentials{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", session_token};
  const auto time = std::chrono::system_clock::from_time_t(1'440'938'160);  // 2015-08-30, 12:36 UTC
  Connection().post({.url = "http://example.amazonaws.com/",
                     .region = "us-east-1",
                     .service = "service",
                     .credentials = credentials,
                     .time = time,
                     .headers = headers,
                     .body = body,
                     .connect_timeout = std::chrono::seconds(20),
                     .timeout = std::chrono::seconds(20)});
  return server.requests().at(0).headers.at("authorization");
}

const std::string credential =
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";

TEST(Signature, IsThatOfPostVanilla) {
  EXPECT_EQ(authorization_of("", {}, ""),
            credential +
                ", SignedHeaders=host;x-amz-date, "
                "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
}

TEST(Signature, IsThatOfPostWithABodyAndItsType) {
  EXPECT_EQ(authorization_of("", {"Content-Type: application/x-www-form-urlencoded"}, "Param1=value1"),
            credential +
                ", SignedHeaders=content-type;host;x-amz-date, "
                "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
}

TEST(Signature, IsThatOfPostWithASessionToken) {
  const std::string token =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTf"
      "lfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HF"
      "vlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr"
      "4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
  EXPECT_EQ(authorization_of(token, {}, ""),
            credential +
                ", SignedHeaders=host;x-amz-date;x-amz-security-token, "
                "Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
}

TEST(Signature, IsThatOfPostWithAHeaderWhoseNameSortsBetween) {
  EXPECT_EQ(authorization_of("", {"My-Header1: value1"}, ""),
            credential +
                ", SignedHeaders=host;my-header1;x-amz-date, "
                "Signature=c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c");
}

}  // namespace
}  // namespace batchproof::aws
