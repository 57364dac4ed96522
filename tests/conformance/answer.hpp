#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenario.hpp"

namespace batchproof::conformance {

/// The answer of a function built on either library to an event.
struct Answer {
  enum class Kind {
    response,    ///< it answers
    all_failed,  ///< it throws the error that stands for a batch that failed as a whole
    refused      ///< it throws any other error
  };
  Kind kind = Kind::refused;
  std::string text{};                  ///< the response as JSON, or what the error says
  std::vector<std::size_t> handled{};  ///< positions in `Records`, in the order of handling
  std::vector<std::string> causes{};   ///< of `all_failed`: why each record failed, in batch order
  std::string place{};                 ///< of `refused`, ours alone: a JSON pointer
};

/// Same kind, same records handled in the same order, and the same response or the same causes. The texts of
/// errors may differ.
bool agree(const Answer& one, const Answer& other);

std::string to_text(const Answer& answer);

Answer our_answer(const Scenario& scenario);

/// Those of Powertools, by one run of Node. Throws `std::runtime_error` that says what to do when it cannot
/// run.
std::vector<Answer> peer_answers(const std::vector<Scenario>& scenarios);

}  // namespace batchproof::conformance
