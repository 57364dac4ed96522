#include <algorithm>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <stdexcept>
#include <utility>

#include "judge.hpp"
#include "settings.hpp"

namespace batchproof::properties {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

/// The handler inside one processor of the library. The handler's own verdicts are noted: the pattern is what
/// they are judged by, never what makes them.
template <class Record, class Processor>
Arrangement arrange(std::string name, Source source, const ProcessorClaims& claims, Processor processor,
                    const ErasedHandler<Record>& handler, DrawBatch draw_batch) {
  auto observe_handler = [processor = std::move(processor), &handler](const fixtures::BatchCase& batch_case,
                                                                      std::string payload) {
    std::vector<RecordProbe::Call> calls;
    const auto noting_handler = [&](const Record& record, const LambdaContext& context) {
      auto& call = calls.emplace_back();
      call.item_identifier = record.item_identifier();
      const auto failure = detail::contain([&]() -> std::optional<Failure> {
        handler(record, context);
        return std::nullopt;
      });
      if (!failure) return;
      call.threw = true;
      call.error = failure->cause;
      std::rethrow_exception(failure->exception);
    };
    const fixtures::Subject subject = [&](std::string_view bytes, RecordProbe&) {
      return process_partial_response(bytes, noting_handler, processor,
                                      LambdaContext{.request_id = "verify_handler"});
    };
    Observation observation = observe(subject, batch_case, std::move(payload));
    observation.calls = std::move(calls);
    return observation;
  };
  return {std::move(name), source, claims, std::move(observe_handler), std::move(draw_batch), {}, {}};
}

std::vector<Arrangement> modes_of(const ErasedHandler<SqsRecord>& handler,
                                  const VerifyHandlerOptions& options, std::uint64_t seed) {
  const auto standard = draw_payload_batches(Source::sqs, options.accepted, options.rejected, seed);
  const auto fifo = draw_payload_batches(Source::sqs_fifo, options.accepted, options.rejected, seed);
  return {
      arrange("BatchProcessor", Source::sqs, {}, BatchProcessor<SqsRecord>(), handler, standard),
      arrange("BatchProcessor, raise_on_entire_batch_failure = false", Source::sqs,
              {.raise_on_entire_batch_failure = false},
              BatchProcessor<SqsRecord>({.raise_on_entire_batch_failure = false}), handler, standard),
      arrange("SqsFifoPartialProcessor", Source::sqs_fifo, {}, SqsFifoPartialProcessor(), handler, fifo),
      arrange("SqsFifoPartialProcessor, skip_group_on_error = true", Source::sqs_fifo,
              {.skip_group_on_error = true}, SqsFifoPartialProcessor({.skip_group_on_error = true}), handler,
              fifo),
  };
}

template <class Record>
std::vector<Arrangement> modes_of(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                                  std::uint64_t seed) {
  constexpr Source source = source_of<Record>(false);
  const auto batches = draw_payload_batches(source, options.accepted, options.rejected, seed);
  return {
      arrange("BatchProcessor", source, {}, BatchProcessor<Record>(), handler, batches),
      arrange("BatchProcessor, raise_on_entire_batch_failure = false", source,
              {.raise_on_entire_batch_failure = false},
              BatchProcessor<Record>({.raise_on_entire_batch_failure = false}), handler, batches),
      arrange("BatchProcessor, stop_on_first_failure = true", source, {.stops_on_first_failure = true},
              BatchProcessor<Record>({.stop_on_first_failure = true}), handler, batches),
  };
}

/// A payload in both lists can be neither accepted nor rejected.
void refuse_contradiction(const VerifyHandlerOptions& options) {
  for (const std::string& payload : options.accepted) {
    if (std::find(options.rejected.begin(), options.rejected.end(), payload) != options.rejected.end()) {
      throw std::invalid_argument("verify_handler: this payload is in both lists, accepted and rejected: " +
                                  payload);
    }
  }
}

template <class Record>
Report verify(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
              std::span<const Law> laws) {
  refuse_contradiction(options);
  const auto [cases, seed] = resolve_settings(options.cases, options.seed);
  Trial trial;
  trial.laws = laws;
  trial.simplify = Simplify::records_only;
  trial.cases = options.accepted.empty() && options.rejected.empty() ? 0 : cases;
  trial.seed = seed;
  trial.replay_command = replay_command(seed, cases);
  trial.arrangements = modes_of(handler, options, seed);
  for (Arrangement& arrangement : trial.arrangements) arrangement.before_each = options.before_each;
  return judge(trial);
}

}  // namespace

Report verify_erased_handler(const ErasedHandler<SqsRecord>& handler, const VerifyHandlerOptions& options,
                             std::span<const Law> laws) {
  return verify(handler, options, laws);
}

Report verify_erased_handler(const ErasedHandler<KinesisStreamRecord>& handler,
                             const VerifyHandlerOptions& options, std::span<const Law> laws) {
  return verify(handler, options, laws);
}

Report verify_erased_handler(const ErasedHandler<DynamoDbRecord>& handler,
                             const VerifyHandlerOptions& options, std::span<const Law> laws) {
  return verify(handler, options, laws);
}

}  // namespace batchproof::properties
