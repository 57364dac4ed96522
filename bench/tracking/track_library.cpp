// The workloads of the library: each source from the bytes of the event to the bytes of the response, and
// the parts.

#include <array>
#include <batchproof/batch.hpp>
#include <batchproof/envelopes.hpp>
#include <batchproof/json.hpp>
#include <batchproof/windows.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "keep.hpp"
#include "order.hpp"
#include "outcome.hpp"
#include "payloads.hpp"
#include "run_batchproof.hpp"
#include "run_workloads.hpp"
#include "stream_events.hpp"

namespace {

using namespace batchproof::bench;
namespace bp = batchproof;

constexpr std::size_t records = 1'000;

template <bool with_failures>
Workload end_to_end(const std::string& name, Source source, std::size_t size) {
  return {name, [=] {
            return [=, event = payload(source, size)] { keep(run_batchproof<with_failures>(source, event)); };
          }};
}

/// Calls `read` with each record of a decoded event; a workload of decoding alone when that does nothing.
template <class Read>
Workload decode_and_read(const std::string& name, Source source, Read read) {
  return {name, [=] {
            return [=, event = payload(source, records)] {
              with_processor(source, [&]<class Processor>(const Processor&) {
                const auto decoded = bp::decode<typename Processor::record_type>(event);
                for (const auto& record : decoded.records()) read(record);
              });
            };
          }};
}

/// The largest part of a record.
void read_payload(const auto& record) {
  if constexpr (requires { record.body(); }) keep(record.body());
  if constexpr (requires { record.data(); }) keep(record.data());
  if constexpr (requires { record.value(); }) keep(record.value());
  if constexpr (requires { record.new_image(); }) {
    for (const auto& [attribute, value] : *record.new_image()) keep(value.is_null());
  }
}

template <class Handler>
Workload handle_sqs(const std::string& name, Handler handler) {
  return {name, [=] {
            return [=, event = payload(Source::sqs, records)] {
              static const bp::BatchProcessor<bp::SqsRecord> processor;
              keep(bp::process_partial_response(event, handler, processor));
            };
          }};
}

Workload process_window(const std::string& name) {
  return {name, [] {
            return [event = window_event(records)] {
              static const bp::BatchProcessor<bp::KinesisStreamRecord> processor;
              const auto fold = [](Totals& totals, const bp::KinesisStreamRecord& record) {
                ++totals[std::string(record.partition_key())];
              };
              keep(bp::process_window<Totals>(
                  event, fold, [](const Totals&, const bp::Window&) {}, processor));
            };
          }};
}

Workload process_user_records(const std::string& name) {
  return {name, [] {
            return [event = aggregated_event(records / 100, 100)] {
              static const bp::BatchProcessor<bp::KinesisStreamRecord> processor;
              const auto handler = bp::user_records([](const bp::UserRecord& user) { keep(user.data()); });
              keep(bp::process_partial_response(event, handler, processor));
            };
          }};
}

std::vector<Workload> workloads() {
  std::vector<Workload> all;
  for (const Source source : listed_sources) {
    const std::string process = std::string("process ") + title(source) + ": ";
    all.push_back(end_to_end<false>(process + "10 records", source, 10));
    all.push_back(end_to_end<false>(process + "1000 records", source, records));
    all.push_back(end_to_end<true>(process + "1000 records, 5% throw", source, records));
  }
  const auto nothing = [](const auto&) {};
  const auto payloads = [](const auto& record) { read_payload(record); };
  constexpr std::array payload_names{"body", "", "data", "new image"};  // in the order of the sources
  for (const Source source : listed_sources) {
    if (source == Source::sqs_fifo) continue;  // decoded as a standard queue's
    const std::string decode = std::string("decode ") + title(source);
    all.push_back(decode_and_read(decode, source, nothing));
    all.push_back(decode_and_read(
        decode + " and read each " + payload_names[static_cast<std::size_t>(source)], source, payloads));
  }
  all.push_back(handle_sqs("process sqs: 5% return an error",
                           [](const bp::SqsRecord& record) { return Outcome(fails(record.index())); }));
  all.push_back(handle_sqs("process sqs: typed orders",
                           bp::typed<Order>([](const Order& order) { keep(order.quantity); })));
  all.push_back(
      handle_sqs("process sqs: described orders",
                 bp::typed<DescribedOrder>([](const DescribedOrder& order) { keep(order.quantity); })));
  all.push_back(end_to_end<false>("process kafka: 10 records", Source::kafka, 10));
  all.push_back(end_to_end<false>("process kafka: 1000 records", Source::kafka, records));
  all.push_back(end_to_end<true>("process kafka: 1000 records, 5% throw", Source::kafka, records));
  all.push_back(decode_and_read("decode kafka", Source::kafka, nothing));
  all.push_back(decode_and_read("decode kafka and read each value", Source::kafka, payloads));
  all.push_back(process_window("process a window of kinesis: 1000 records"));
  all.push_back(process_user_records("process kinesis: 1000 user records in 10 aggregates"));
  return all;
}

}  // namespace

int main(int count, char** arguments) { return run_workloads({arguments, arguments + count}, workloads()); }
