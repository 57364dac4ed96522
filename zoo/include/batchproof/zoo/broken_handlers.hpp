#pragma once

#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/sqs_record.hpp>
#include <functional>
#include <string>
#include <vector>

namespace batchproof::zoo {

/// A record handler, with one named fault, of orders such as `{"quantity": 2}`; a quantity must be at
/// least 1.
struct BrokenHandler {
  std::string name;   ///< snake_case, such as "swallows_rejection"
  std::string fault;  ///< one sentence
  std::string law;    ///< the id of the law that must catch it when it runs alone
  std::function<void(const SqsRecord& record)> handler;

  // For a handler that changes state: resets it before each case and checks it after each batch, as in
  // `VerifyHandlerOptions`.
  std::function<void()> before_each{};
  std::function<std::string(const std::vector<RecordProbe::Call>& calls)> check{};
};

/// A handler without a fault: throws for a body that is not an order, and for a quantity below 1.
void handle_order(const SqsRecord& record);

/// Payloads that it accepts, and payloads that it rejects.
const std::vector<std::string>& good_orders();
const std::vector<std::string>& bad_orders();

/// Returns new handlers at each call, since some keep state from record to record. One thread at a time for
/// each.
std::vector<BrokenHandler> broken_handlers();

}  // namespace batchproof::zoo
