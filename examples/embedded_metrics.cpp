// Metrics of each batch, as lines that CloudWatch reads out of the log. Nothing is sent over the network.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;
using nlohmann::ordered_json;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "none") throw std::invalid_argument("quantity must be at least 1");
  if (record.body() == "teapot") throw std::runtime_error("the shop did not answer");
}

const bp::SqsFifoPartialProcessor processor{{.skip_group_on_error = true}};

// The causes are few, since each is a metric of its own; the texts of errors would be too many.
std::string kind_of(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const bp::DeadlineReachedError&) {
    return "Deadline";
  } catch (const bp::NotHandledError&) {
    return "Order";
  } catch (const std::invalid_argument&) {
    return "BadOrder";
  } catch (...) {
    return "Other";
  }
}

bool is_unprocessed(const std::string& kind) { return kind == "Deadline" || kind == "Order"; }

// One line of the embedded metric format; each of the counts is a metric with these dimensions.
void emit(std::chrono::milliseconds now, const ordered_json& dimensions, const ordered_json& counts) {
  ordered_json names = ordered_json::array();
  for (const auto& [name, value] : dimensions.items()) names.push_back(name);
  ordered_json metrics = ordered_json::array();
  for (const auto& [name, value] : counts.items()) metrics.push_back({{"Name", name}, {"Unit", "Count"}});

  ordered_json line{
      {"_aws",
       {{"Timestamp", now.count()},
        {"CloudWatchMetrics",
         {{{"Namespace", "Orders"}, {"Dimensions", ordered_json::array({names})}, {"Metrics", metrics}}}}}}};
  line.update(dimensions);
  line.update(counts);
  std::cout << line.dump() << '\n';
}

template <class Batch>
void count(const Batch& batch, std::chrono::milliseconds now) {
  int succeeded = 0;
  int failed = 0;
  int unprocessed = 0;
  std::map<std::string, int> causes;
  for (const auto& message : batch.messages()) {
    if (message.status == bp::Status::success) {
      ++succeeded;
      continue;
    }
    const std::string kind = kind_of(message.exception);
    ++causes[kind];
    ++(is_unprocessed(kind) ? unprocessed : failed);
  }
  emit(now, {{"Queue", "orders"}},
       {{"RecordsSucceeded", succeeded}, {"RecordsFailed", failed}, {"RecordsUnprocessed", unprocessed}});
  for (const auto& [cause, records] : causes)
    emit(now, {{"Queue", "orders"}, {"Cause", cause}}, {{"RecordsReported", records}});
}

std::string handle_event(std::string_view payload, std::chrono::milliseconds now) {
  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = processor.process(event, handle_order);
  count(batch, now);  // before to_json, which throws when every record failed
  return batch.to_json();
}

int main() {
  const std::string payload = bp::fixtures::sqs_fifo_event({
      {.message_id = "m1", .body = "saucer", .message_group_id = "alice"},
      {.message_id = "m2", .body = "none", .message_group_id = "alice"},
      {.message_id = "m3", .body = "saucer", .message_group_id = "alice"},
      {.message_id = "m4", .body = "teapot", .message_group_id = "bob"},
  });
  std::cout << handle_event(payload, std::chrono::milliseconds(1545082649185)) << '\n';
}
