#include <batchproof/simulator/world.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::simulator {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Faults& faults) {
  return {{"poison", faults.poison},
          {"flaky_rate", faults.flaky_rate},
          {"flaky_failures", faults.flaky_failures},
          {"crash_rate", faults.crash_rate},
          {"timeout_rate", faults.timeout_rate},
          {"lost_response_rate", faults.lost_response_rate},
          {"duplicate_rate", faults.duplicate_rate},
          {"malformed_response_rate", faults.malformed_response_rate},
          {"resend_rate", faults.resend_rate},
          {"heal_after_ms", faults.heal_after.count()}};
}

Json json_of(const Queue& queue) {
  Json json{{"visibility_timeout_ms", queue.visibility_timeout.count()}};
  json["max_receive_count"] = queue.max_receive_count ? Json(*queue.max_receive_count) : Json(nullptr);
  json["retention_ms"] = queue.retention.count();
  json["concurrency"] = queue.concurrency;
  return json;
}

Json json_of(const Stream& stream) {
  Json json{{"shards", stream.shards},
            {"parallelization_factor", stream.parallelization_factor},
            {"bisect_on_error", stream.bisect_on_error},
            {"maximum_retry_attempts", stream.maximum_retry_attempts}};
  json["maximum_record_age_ms"] =
      stream.maximum_record_age ? Json(stream.maximum_record_age->count()) : Json(nullptr);
  json["retention_ms"] = stream.retention.count();
  return json;
}

}  // namespace

std::string to_json(const World& world) {
  Json json{{"source", fixtures::name(world.source)},
            {"seed", world.seed},
            {"messages", world.messages},
            {"groups", world.groups},
            {"sent_every_ms", world.sent_every.count()},
            {"batch_size", world.batch_size},
            {"batch_window_ms", world.batch_window.count()},
            {"payload_limit", world.payload_limit},
            {"function_timeout_ms", world.function_timeout.count()},
            {"handler_time_ms", world.handler_time.count()},
            {"report_batch_item_failures", world.report_batch_item_failures}};
  if (fixtures::is_stream(world.source)) {
    json["stream"] = json_of(world.stream);
  } else {
    json["queue"] = json_of(world.queue);
  }
  json["faults"] = json_of(world.faults);
  return json.dump();
}

}  // namespace batchproof::simulator
