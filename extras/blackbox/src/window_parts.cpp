#include "window_parts.hpp"

#include "state_of_window.hpp"

namespace batchproof::blackbox {

FunctionRun WindowParts::here(const Part& part) {
  if (!process_.is_running()) return anew(part);
  const SentBatch sent =
      *part_of_window(batch_case_, payload_, part.begin, part.end, part.state, part.is_final);
  return runs_.in(process_, sent.batch_case, sent.payload, {names_}, runs_.patience().time_limit());
}

FunctionRun WindowParts::anew(const Part& part) {
  const SentBatch sent =
      *part_of_window(batch_case_, payload_, part.begin, part.end, part.state, part.is_final);
  return runs_.in_new_process(sent.batch_case, sent.payload, {names_}, runs_.patience().time_limit());
}

std::optional<std::string> WindowParts::state_here(const Part& part) {
  return state_without_failures(here(part).body);
}

std::optional<std::string> WindowParts::state_anew(const Part& part) {
  return state_without_failures(anew(part).body);
}

}  // namespace batchproof::blackbox
