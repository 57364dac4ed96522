#pragma once

// Starts any function as Lambda does, and invokes it:
//
//   batchproof::runtime_api::FunctionProcess process({.command = {"node", "loop.mjs"}});
//   if (const auto failed = process.start()) std::cerr << failed->problem;
//   std::cout << process.invoke(payload).body;

#include <batchproof/runtime_api/function.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <batchproof/runtime_api/invocation.hpp>
