// The effects of a thousand messages in a world of crashes, duplicates and overlapping invocations, with and
// without idempotency.

#include <batchproof/effects.hpp>
#include <batchproof/idempotency.hpp>
#include <iomanip>
#include <iostream>

namespace bp = batchproof;
using namespace std::chrono_literals;

namespace {

void charge_customer(const bp::SqsRecord&) {}

void print(const char* handler, const bp::effects::FinishedEffectWorld& finished) {
  const auto figures = summary_of(finished);
  std::cout << std::left << std::setw(20) << handler << std::right << std::setw(8) << figures.messages
            << std::setw(12) << figures.deliveries << std::setw(9) << figures.effects << std::setw(9)
            << figures.doubled << std::setw(15) << figures.interruptions << '\n';
}

}  // namespace

int main() {
  const bp::effects::EffectWorld world{.world = {.seed = 7,
                                                 .messages = 1000,
                                                 .queue = {.max_receive_count = std::nullopt},
                                                 .faults = {.crash_rate = 0.05,
                                                            .timeout_rate = 0.02,
                                                            .lost_response_rate = 0.05,
                                                            .duplicate_rate = 0.02}},
                                       .faults = {.overlap_rate = 0.05,
                                                  .store_failure_rate = 0.02,
                                                  .store_lost_answer_rate = 0.02,
                                                  .clock_skew = 3s}};
  bp::MemoryStore store;
  std::cout << "handler             messages  deliveries  effects  doubled  interruptions\n";
  print("charge_customer",
        run_effect_world(bp::effects::unguarded_subject<bp::SqsRecord>(charge_customer), store, world));
  print("idempotent",
        run_effect_world(bp::effects::idempotent_subject<bp::SqsRecord>(charge_customer), store, world));
}
