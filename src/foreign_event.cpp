#include <algorithm>
#include <array>
#include <batchproof/batch.hpp>
#include <batchproof/detail/foreign_event.hpp>
#include <batchproof/detail/utf8.hpp>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "decode_event.hpp"
#include "fields.hpp"
#include "foreign_event_kinds.hpp"
#include "structural_index.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

struct Member {
  std::string_view name;   ///< without its quotes; escapes stay
  std::string_view value;  ///< raw JSON
};

using Members = std::vector<Member>;

std::string_view without_quotes(std::string_view raw) {
  return raw.size() >= 2 && raw.front() == '"' ? raw.substr(1, raw.size() - 2) : raw;
}

bool has(const Members& members, std::string_view name) {
  return std::any_of(members.begin(), members.end(),
                     [=](const Member& member) { return member.name == name; });
}

std::string_view value_of(const Members& members, std::string_view name) {
  const auto found =
      std::find_if(members.begin(), members.end(), [=](const Member& member) { return member.name == name; });
  return found == members.end() ? std::string_view() : found->value;
}

std::string_view text_of(const Members& members, std::string_view name) {
  return without_quotes(value_of(members, name));
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_but_for_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower(one) == lower(other); });
}

Members members_of(Cursor& cursor, std::string_view text) {
  Members members;
  walk_entries(cursor, [&](Slice name) {
    const Slice value = cursor.value();
    members.push_back(
        {without_quotes(text.substr(name.begin, name.size)), text.substr(value.begin, value.size)});
  });
  return members;
}

/// The members of a text that is an object; none for any other text.
Members members_of(std::string_view text) {
  if (!text.starts_with('{')) return {};
  StructuralIndex index;
  Cursor cursor = index.read(text);
  return members_of(cursor, text);
}

/// One element of a text that is an array; "" when it has no element at this position.
std::string_view element_of(std::string_view text, std::size_t position) {
  if (!text.starts_with('[')) return {};
  StructuralIndex index;
  Cursor cursor = index.read(text);
  std::string_view found;
  std::size_t at = 0;
  walk_array(cursor, [&] {
    const Slice element = cursor.value();
    if (at++ == position) found = text.substr(element.begin, element.size);
  });
  return found;
}

/// Whether records with these fields are of the source.
template <class Fields>
bool is_source(std::string_view source) {
  if constexpr (requires { Fields::sources; }) {
    return std::find(Fields::sources.begin(), Fields::sources.end(), source) != Fields::sources.end();
  } else {
    return source == Fields::source.name();
  }
}

/// Whether this library has a record type for the source.
bool is_ours(std::string_view source) { return !processor_for(source).empty(); }

/// The description of a row, and the page that says why where the row has one.
template <class Row>
std::string described(const Row& row) {
  const std::string_view page = row.aws_page;
  return row.description + (page.empty() ? "" : " (" + std::string(page) + ")");
}

std::string describe_source(std::string_view source) {
  const auto* const found = std::find_if(foreign_by_source.begin(), foreign_by_source.end(),
                                         [=](const ForeignBySource& row) { return row.source == source; });
  return found == foreign_by_source.end() ? "" : described(*found);
}

std::string describe_http(const Members& event) {
  const std::string_view context_text = value_of(event, "requestContext");
  const Members context = members_of(context_text);
  const auto request = [](std::string_view by) {
    return "an HTTP request from " + std::string(by) + ": " + foreign_http;
  };
  if (has(context, "elb")) return request("an Application Load Balancer");
  if (has(context, "connectionId")) return request("an Amazon API Gateway WebSocket API");
  if (context_text.find(".lambda-url.") != std::string_view::npos) return request("a Lambda function URL");
  if (has(event, "rawPath") || has(event, "routeKey"))
    return request("an Amazon API Gateway HTTP API or a Lambda function URL");
  if (has(event, "httpMethod")) return request("an Amazon API Gateway REST API");
  return {};
}

std::string in_a_list(std::string_view source) {
  return "one record of " + std::string(source) +
         " outside of its list: pass {\"Records\": [ ... ]} around it";
}

/// The field that names a record's source, in upper or lower case.
const Member* source_of_record(const Members& record) {
  const auto found = std::find_if(record.begin(), record.end(), [](const Member& member) {
    return same_but_for_case(member.name, "eventSource");
  });
  return found == record.end() ? nullptr : &*found;
}

std::string describe_record(const Members& record, bool refused_by_kafka) {
  if (has(record, "cf")) return "an Amazon CloudFront event of Lambda@Edge: it is not a batch";
  const Member* const source = source_of_record(record);
  if (source == nullptr) {
    return has(record, "MessageId") && has(record, "Body")
               ? "a message as SQS's ReceiveMessage gives it: the names of an event begin with a small "
                 "letter; pass the event as Lambda delivers it"
               : "";
  }
  if (auto description = describe_source(without_quotes(source->value)); !description.empty())
    return description;
  const std::string_view source_name = without_quotes(source->value);
  if (refused_by_kafka && is_ours(source_name))
    return "an event of " + std::string(source_name) + ": use " + processor_for(source_name);
  if (source->name == "eventSource" || !is_ours(source_name)) return {};
  return "a record whose names another program has changed, \"" + excerpt(source->name, 40) +
         "\" for \"eventSource\": pass the payload as Lambda delivers it, before any class reads and writes "
         "it";
}

std::string list_of_names(const Members& members) {
  constexpr std::size_t most = 4;
  std::string names;
  for (std::size_t index = 0; index < std::min(most, members.size()); ++index)
    names += (index == 0 ? "\"" : ", \"") + excerpt(members[index].name, 40) + "\"";
  return members.size() > most ? names + ", ..." : names;
}

std::string describe_object(const Members& event, std::size_t record_index, bool refused_by_kafka) {
  if (has(event, "Records")) {
    const std::string_view record = element_of(value_of(event, "Records"), record_index);
    return describe_record(members_of(record), refused_by_kafka);
  }
  const std::string_view source = text_of(event, "eventSource");
  if (is_source<KafkaFields>(source))
    return refused_by_kafka ? "" : "an event of Apache Kafka: use " + processor_for(source);
  if (is_ours(source)) return in_a_list(source);
  if (auto description = describe_source(source); !description.empty()) return description;
  const auto* const row =
      std::find_if(foreign_by_fields.begin(), foreign_by_fields.end(), [&](const ForeignByFields& fields) {
        return std::all_of(fields.fields.begin(), fields.fields.end(),
                           [&](std::string_view field) { return field.empty() || has(event, field); });
      });
  if (row != foreign_by_fields.end()) return described(*row);
  if (auto description = describe_http(event); !description.empty()) return description;
  if (has(event, "messageId") && has(event, "body")) return in_a_list("aws:sqs");
  if (refused_by_kafka && has(event, "records")) return {};
  for (const Member& member : event) {
    if (same_but_for_case(member.name, "Records"))
      return "an object whose list is called \"" + std::string(member.name) +
             "\": AWS calls it \"Records\"; pass the payload as Lambda delivers it";
  }
  if (event.empty()) return "an empty object, such as the input of a test: pass {\"Records\": [ ... ]}";
  return "a plain object with the fields " + list_of_names(event) +
         ", such as the input of a Step Functions state, of a schedule or of a test: pass {\"Records\": [ "
         "... ]}, or handle it without a batch processor";
}

std::string describe_list(std::string_view payload, bool refused_by_kafka) {
  const std::string_view first = element_of(payload, 0);
  const std::string_view source = text_of(members_of(first), "eventSource");
  if (!is_ours(source))
    return "a list whose first element is not a record of an event source: pass {\"Records\": [ ... ]}";
  if (!refused_by_kafka) return {};
  const std::string list = "a list of records, as EventBridge Pipes passes it: ";
  if (!is_source<KafkaFields>(source)) return list + "use " + processor_for(source);
  return list + "its pages name no partial answer for Kafka; let an event source mapping invoke the function";
}

/// Encodings that are not UTF-8 JSON text, recognised by their first bytes (RFC 8259, section 8.1).
std::string describe_encoding(std::string_view payload) {
  using namespace std::string_view_literals;
  const auto begins = [=](std::string_view bytes) { return payload.starts_with(bytes); };
  if (begins("\xEF\xBB\xBF"sv))
    return "UTF-8 after a byte order mark (EF BB BF): pass it without these bytes";
  const char* const convert = ": convert it to UTF-8, as iconv does";
  if (begins("\xFF\xFE\0\0"sv) || begins("\0\0\xFE\xFF"sv) || begins("{\0\0\0"sv) || begins("\0\0\0{"sv))
    return std::string("UTF-32") + convert;
  if (begins("\xFF\xFE"sv) || begins("\xFE\xFF"sv) || begins("{\0"sv) || begins("\0{"sv))
    return std::string("UTF-16") + convert;
  if (begins("\x1F\x8B"sv)) return "compressed by gzip: pass it uncompressed";
  if (begins("eyJ"sv)) return "JSON in base64: pass it decoded";
  return {};
}

}  // namespace

std::string describe_foreign_event(std::string_view payload, std::size_t record_index,
                                   bool refused_by_kafka) {
  if (auto encoding = describe_encoding(payload); !encoding.empty()) return encoding;
  payload.remove_prefix(std::min(payload.find_first_not_of(" \t\r\n"), payload.size()));
  if (payload.starts_with('"')) return "a JSON text, and so an event that was encoded twice: decode it once";
  if (payload.starts_with("null")) return "null, as when a function is invoked without a payload";
  try {
    if (payload.starts_with('[')) return describe_list(payload, refused_by_kafka);
    return payload.starts_with('{') ? describe_object(members_of(payload), record_index, refused_by_kafka)
                                    : "";
  } catch (const Malformed&) {
    return {};
  }
}

std::string processor_for(std::string_view event_source) {
#define BATCHPROOF_NAME(Record) \
  if (is_source<Record::Fields>(event_source)) return Record::Fields::processors;
  BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_NAME)
#undef BATCHPROOF_NAME
  return {};
}

EventError error_of(const Refusal& refusal, std::string_view payload, bool of_kafka) {
  const std::string_view pointer = refusal.json_pointer;
  const bool may_be_foreign = pointer.empty() || pointer == "/Records" || pointer == "/records" ||
                              pointer == "/0" || pointer.ends_with("/eventSource");
  const std::string description =
      may_be_foreign ? describe_foreign_event(payload, refusal.record_index.value_or(0), of_kafka) : "";
  return {
      with_advice(refusal.what_was_wrong, description.empty() ? refusal.advice : "this is " + description),
      refusal.record_index, refusal.json_pointer};
}

}  // namespace batchproof::inline v0_1::detail
