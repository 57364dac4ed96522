#pragma once

// Verifies any Lambda function, in any language, by the laws of a processor:
//
//   const bp::Function function{.command = {"node", "ric.mjs"}};
//   EXPECT_TRUE(bp::verify_function<bp::SqsRecord>(function, {.accepted = {"{}"}, .rejected = {"not
//   json"}}));

#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
