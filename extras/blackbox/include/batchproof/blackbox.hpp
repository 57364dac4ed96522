#pragma once

// Verifies any Lambda function, in any language, by the laws of a processor:
//
//   const bp::Function function{.command = {"node", "ric.mjs"}};
//   const bp::VerifyFunctionOptions contract{.accepted = {R"({"quantity": 2})"}, .rejected = {"not json"}};
//   EXPECT_TRUE(bp::verify_function<bp::SqsRecord>(function, contract));

#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
