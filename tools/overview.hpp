#pragma once

namespace batchproof::tools {

// The help of `batchproof` without a command: its purpose, and an example of each command.

inline constexpr const char* about =
    "batchproof processes AWS Lambda events and explains the result, verifies processors on random batches, "
    "generates such batches, simulates the service around a function, shows the faults that the laws catch, "
    "and checks templates.";

inline constexpr const char* examples = R"(Examples:
  batchproof process event.json      the result of each record, and the response
  batchproof verify                  every law, on random batches of each source
  batchproof verify --function --accepted good.jsonl -- node index.mjs
                                     the same laws, for any language
  batchproof replay case.json        a saved case of verify, explained
  batchproof generate --batches 10   ten random events, a line each
  batchproof simulate --poison 3     the life of every message, across retries
  batchproof merge shard-*.json      one report of several machines
  batchproof zoo                     which law catches which broken processor
  batchproof lint template.yaml      settings that lose or multiply records
  batchproof process --help          more about a command)";

}  // namespace batchproof::tools
