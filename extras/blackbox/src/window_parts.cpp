#include "window_parts.hpp"

#include "state_of_window.hpp"

namespace batchproof::blackbox {

SentBatch WindowParts::sent(const Part& part) const {
  return *sent_part_of_window(batch_case_, payload_, part.begin, part.end, part.state, part.is_final);
}

FunctionRun WindowParts::here(const Part& part) {
  if (!process_.is_running()) return anew(part);
  const SentBatch event = sent(part);
  return runs_.in(process_, event.batch_case, event.payload, {names_}, runs_.patience().time_limit());
}

FunctionRun WindowParts::anew(const Part& part) {
  const SentBatch event = sent(part);
  return runs_.in_new_process(event.batch_case, event.payload, {names_}, runs_.patience().time_limit());
}

std::optional<std::string> WindowParts::state_here(const Part& part) {
  return state_without_failures(here(part).body);
}

std::optional<std::string> WindowParts::state_anew(const Part& part) {
  return state_without_failures(anew(part).body);
}

std::optional<std::string> WindowParts::state_behind(const Part& first, const Part& second) {
  const SentBatch events[] = {sent(first), sent(second)};
  return state_without_failures(runs_.last_in_new_process(events, names_).body);
}

}  // namespace batchproof::blackbox
