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

}  // namespace batchproof::properties
