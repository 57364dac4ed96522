#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> vanished(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    const Message& message = finished.messages[number];
    if (message.disposition != Disposition::done || message.successes > 0) continue;
    violations.push_back(named(finished, number) + " left the source after " + deliveries_of(message) +
                         ", although no handler had returned normally for it");
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw nothing_vanishes{
    .id = "nothing-vanishes",
    .sentence = "In the end every message is handled, dead-lettered or expired by configuration.",
    .aws_page = "Implementing partial batch responses",
    .violations = vanished,
    .is_about_loss = true,
};

}  // namespace batchproof::simulator
