// Functions of Node, Python and C++ under the laws.
#include <gtest/gtest.h>
#include <batchproof/blackbox.hpp>
#include <batchproof/gtest.hpp>
#include <string>

namespace bp = batchproof;

const std::string folder = BATCHPROOF_SOURCE_DIR "/examples/any_language/";

TEST(OrderFunction, KeepsEveryLaw) {
  const bp::Function function{.command = {BATCHPROOF_NODE, "runtime.mjs"},
                              .environment = {{"_HANDLER", "index.handler"}},
                              .working_directory = folder + "node_loop"};
  EXPECT_TRUE(bp::verify_function<bp::SqsRecord>(
      function, {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}}));
}

TEST(OrderFunction, HandlesEachRecordOnceInOrder) {
  const bp::Function function{.command = {"python3", "-B", "runtime.py"},
                              .environment = {{"_HANDLER", "index.handler"}},
                              .working_directory = folder + "python"};
  EXPECT_TRUE(bp::verify_function<bp::SqsRecord>(function, {.fifo = true,
                                                            .accepted = {R"({"quantity": 2})"},
                                                            .rejected = {R"({"quantity": 0})", "not json"},
                                                            .handled = R"(handled (\S+))"}));
}

#ifdef BATCHPROOF_BOOTSTRAP
TEST(OrderFunction, InCppKeepsEveryLaw) {
  EXPECT_TRUE(bp::verify_function<bp::SqsRecord>(
      {.command = {BATCHPROOF_BOOTSTRAP}},
      {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})", "not json"}}));
}
#endif
