#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

namespace batchproof::simulator {

/// Your record handler in a processor of this library, as a subject. The faults of the world come first; your
/// handler decides about the records that they let through. A record that it drops, or that the processor
/// sends to the dead-letter queue for it, counts as handled. The world needs `.accepted` and `.rejected`
/// payloads and `.handler_decides = true`.
///
///   simulate(handler_subject(handle_order, bp::BatchProcessor<bp::SqsRecord>()),
///            {.accepted = {R"({"quantity": 2})"}, .rejected = {"not json"}, .handler_decides = true})
template <class Processor, class Handler>
fixtures::Subject handler_subject(Handler handler, Processor processor) {
  using Record = typename Processor::record_type;
  const auto kept = std::make_shared<Handler>(std::move(handler));  // one for all batches, as in a function
  return [kept, processor = std::move(processor)](std::string_view payload, RecordProbe& probe) {
    probe.expect_promised_errors();
    auto options = processor.options();
    options.on_settled = [&](const Record& record, const Failure& reason) {
      probe.note_settled();
      if (const auto& own_hook = processor.options().on_settled) own_hook(record, reason);
    };
    const auto handle = [&](const Record& record, const LambdaContext& context) {
      probe(record);
      const auto failure =
          detail::contain([&] { return detail::handle(*kept, record, context, [](auto&&) {}); });
      if (!failure) return;
      probe.note_failure();
      std::rethrow_exception(failure->exception);
    };
    return process_partial_response(payload, handle, Processor(options));
  };
}

}  // namespace batchproof::simulator
