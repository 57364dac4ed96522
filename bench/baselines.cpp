#include "baselines.hpp"

#include <simdjson.h>

#include <array>
#include <batchproof/fixtures/source_info.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace batchproof::bench {
namespace {

template <class TakeRecord>
std::size_t walk(std::string_view payload, TakeRecord&& take) {
  static simdjson::ondemand::parser parser;
  const simdjson::padded_string text(payload);
  auto document = parser.iterate(text);
  std::size_t bytes = 0;
  for (auto element : document["Records"]) bytes += take(element.get_object().value());
  return bytes;
}

std::size_t text_bytes(simdjson::simdjson_result<std::string_view> text) { return text.value().size(); }

using simdjson::ondemand::object;

std::size_t walk_messages(std::string_view payload) {
  return walk(payload, [](object record) {
    return text_bytes(record["messageId"].get_string()) + record["body"].value().raw_json_token().size();
  });
}

std::size_t walk_kinesis(std::string_view payload) {
  return walk(payload, [](object record) {
    object kinesis = record["kinesis"].get_object().value();
    return text_bytes(kinesis["sequenceNumber"].get_string()) +
           kinesis["data"].value().raw_json_token().size();
  });
}

std::size_t walk_changes(std::string_view payload) {
  return walk(payload, [](object record) {
    object dynamodb = record["dynamodb"].get_object().value();
    const std::size_t image = text_bytes(dynamodb["NewImage"].get_object().value().raw_json());
    return image + text_bytes(dynamodb["SequenceNumber"].get_string());
  });
}

using Walk = std::size_t (*)(std::string_view payload);

/// In the order of the sources.
constexpr std::array<Walk, listed_sources.size()> walks{walk_messages, walk_messages, walk_kinesis,
                                                        walk_changes};

}  // namespace

std::size_t bare_walk(Source source, std::string_view payload) {
  return walks[static_cast<std::size_t>(source)](payload);
}

std::size_t walk_that_reads_bodies(std::string_view payload) {
  return walk(payload, [](simdjson::ondemand::object record) {
    return text_bytes(record["messageId"].get_string()) + text_bytes(record["body"].get_string());
  });
}

std::string plain_nlohmann_loop(Source source, std::string_view payload, bool with_failures) {
  const fixtures::IdentifierPath& path = fixtures::info_of(source).identifier;
  const std::string parent(path.parent);
  const std::string name(path.name);
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  std::set<std::string> failed_groups;
  std::size_t index = 0;
  for (const auto& record : event.at("Records")) {
    const auto& holder = parent.empty() ? record : record.at(parent);
    const std::string identifier = holder.at(name);
    const std::string group =
        source == Source::sqs_fifo ? record.at("attributes").at("MessageGroupId").get<std::string>() : "";
    try {
      if (source == Source::sqs_fifo && failed_groups.count(group) != 0)
        throw std::runtime_error("an earlier one failed");
      if (with_failures && fails(index)) throw std::runtime_error("bad order");
    } catch (const std::exception&) {
      if (source == Source::sqs_fifo) failed_groups.insert(group);
      failures.push_back({{"itemIdentifier", identifier}});
    }
    ++index;
  }
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

namespace {

[[gnu::noinline]] void throw_error() { throw std::runtime_error("bad order"); }

}  // namespace

std::size_t bare_throws(std::size_t count) {
  std::size_t bytes = 0;
  for (std::size_t index = 0; index < count; ++index) {
    try {
      throw_error();
    } catch (const std::exception& error) {
      bytes += std::string_view(error.what()).size();
    }
  }
  return bytes;
}

}  // namespace batchproof::bench
