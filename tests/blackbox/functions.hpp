#pragma once

#include <batchproof/blackbox.hpp>
#include <filesystem>
#include <string>

namespace batchproof {

inline std::filesystem::path corpus_folder() { return BATCHPROOF_SOURCE_DIR "/tests/blackbox/corpus"; }

/// A handler in a file of Node or Python, on the runtimes of examples/any_language.
inline Function function_of(const std::filesystem::path& file) {
  const std::string runtimes = BATCHPROOF_SOURCE_DIR "/examples/any_language/";
  Function function;
  if (file.extension() == ".py") {
    function.command = {BATCHPROOF_PYTHON, "-B", runtimes + "python/runtime.py"};
  } else {
    function.command = {BATCHPROOF_NODE, runtimes + "node_loop/runtime.mjs"};
  }
  function.environment = {{"_HANDLER", file.stem().string() + ".handler"}};
  function.working_directory = file.parent_path();
  function.init_time_limit = std::chrono::seconds(60);
  function.time_limit = std::chrono::milliseconds(file.stem() == "hangs" ? 500 : 60'000);
  return function;
}

/// Orders whose quantity must be at least 1.
inline VerifyFunctionOptions orders(int cases) {
  return {.accepted = {R"({"quantity": 2})", R"({"quantity": 7, "note": "\u00fc"})"},
          .rejected = {R"({"quantity": 0})", "not json"},
          .cases = cases};
}

/// The same for a broken function: a small case shows the fault on a slow machine too.
inline VerifyFunctionOptions orders_of_a_broken_function(int cases) {
  VerifyFunctionOptions options = orders(cases);
  options.small_cases_budget = std::chrono::minutes(1);
  return options;
}

}  // namespace batchproof
