#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <exception>
#include <memory>
#include <utility>

namespace batchproof::simulator {

/// Your record handler in a processor of this library, as a subject. The faults of the world come first; your
/// handler decides about the records that they let through. The world needs `.accepted` and `.rejected`
/// payloads and `.handler_decides = true`.
///
///   simulate(handler_subject(handle_order, bp::BatchProcessor<bp::SqsRecord>()),
///            {.accepted = {R"({"quantity": 2})"}, .rejected = {"not json"}, .handler_decides = true})
template <class Processor, class Handler>
fixtures::Subject handler_subject(Handler handler, Processor processor) {
  using Record = typename Processor::record_type;
  const auto kept = std::make_shared<Handler>(std::move(handler));  // one for all batches, as in a function
  return fixtures::subject_of(std::move(processor), [kept](RecordProbe& probe) {
    return [&probe, kept](const Record& record, const LambdaContext& context) {
      probe(record);
      const auto failure =
          detail::contain([&] { return detail::handle(*kept, record, context, [](auto&&) {}); });
      if (!failure) return;
      probe.note_failure();
      std::rethrow_exception(failure->exception);
    };
  });
}

}  // namespace batchproof::simulator
