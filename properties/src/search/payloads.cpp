#include <batchproof/properties/payloads.hpp>
#include <stdexcept>
#include <string>

namespace batchproof::properties {

void refuse_other_verdicts(std::string_view what, const Payloads& payloads) {
  if (!payloads.classify) return;
  const auto refuse = [&](const fixtures::PayloadList& list, Verdict must_be, const char* name) {
    for (const std::string& payload : list.examples(0)) {
      if (payloads.classify(payload) == must_be) continue;
      throw std::invalid_argument(std::string(what)
                                      .append(": .classify does not agree with ")
                                      .append(name)
                                      .append(" about this payload: ")
                                      .append(payload));
    }
  };
  refuse(payloads.accepted, Verdict::accepted, ".accepted");
  refuse(payloads.rejected, Verdict::rejected, ".rejected");
}

std::vector<std::string> notes_on_lists(const Payloads& payloads, const std::string& subject) {
  if (payloads.accepted.empty() && payloads.rejected.empty()) {
    return {"no payloads were given: list what the " + subject +
            " must accept as `accepted`, and what it must reject as `rejected`"};
  }
  if (payloads.rejected.empty()) {
    return {"nothing was rejected: list payloads that the " + subject + " must reject as `rejected`, or a " +
            subject + " that accepts everything passes too"};
  }
  if (payloads.accepted.empty()) {
    return {"nothing was accepted: list payloads that the " + subject + " must accept as `accepted`, or a " +
            subject + " that rejects everything passes too"};
  }
  return {};
}

}  // namespace batchproof::properties
