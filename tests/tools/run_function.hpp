#pragma once

// The command with a Lambda function in place of this library's processor: --function.

#include <string>
#include <vector>

#include "run_tool.hpp"

namespace batchproof::tools {

inline const std::string accepted = write_file("accepted", "{\"quantity\": 2}\n{\"quantity\": 7}\n");
inline const std::string rejected = write_file("rejected", "{\"quantity\": 0}\nnot json\n");
inline const std::string event_path = BATCHPROOF_SOURCE_DIR "/fixtures/events/sample_orders/sqs.json";

/// The arguments, and behind `--` a function of Node: one of the corpus, or the example.
inline std::vector<std::string> with_function(std::vector<std::string> arguments,
                                              const std::string& name = "",
                                              const std::string& folder = "corpus") {
  const std::string source = BATCHPROOF_SOURCE_DIR;
  const std::string example = source + "/examples/any_language/node_loop";
  arguments.insert(arguments.end(), {"--function", "--working-directory"});
  arguments.push_back(name.empty() ? example : source + "/tests/blackbox/" + folder);
  arguments.insert(arguments.end(), {"--env", "_HANDLER=" + (name.empty() ? "index" : name) + ".handler"});
  arguments.insert(arguments.end(), {"--time-limit", "60000", "--init-time-limit", "60000", "--"});
  arguments.insert(arguments.end(), {BATCHPROOF_NODE, example + "/runtime.mjs"});
  return arguments;
}

}  // namespace batchproof::tools
