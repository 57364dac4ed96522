#include <batchproof/detail/utf8.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "epoch_time.hpp"
#include "sha1.hpp"

namespace batchproof::inline v0_1 {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Json text(std::string_view value) { return {{"S", std::string(value)}}; }
Json number(std::int64_t value) { return {{"N", std::to_string(value)}}; }

Json texts(const std::map<std::string, std::string>& values) {
  Json all = Json::object();
  for (const auto& [name, value] : values) all[name] = text(value);
  return all;
}

std::int64_t seconds_of(std::chrono::system_clock::time_point time) { return milliseconds_of(time) / 1'000; }

/// The text of an attribute of an item; empty when the item does not have it.
std::string text_in(const Json& item, const char* name) {
  return item.contains(name) ? item.at(name).value("S", "") : "";
}

/// A value of an item as plain JSON. A set, or bytes, which no result of JSON is, stay as DynamoDB has them.
Json plain(const Json& attribute) {
  if (!attribute.is_object() || attribute.size() != 1) throw StoreError("a value of DynamoDB has no type");
  const auto entry = attribute.begin();
  const std::string& type = entry.key();
  const Json& value = entry.value();
  if (type == "S" || type == "BOOL") return value;
  if (type == "NULL") return nullptr;
  if (type == "N") return Json::parse(value.get_ref<const std::string&>());
  Json result = value;
  if (type == "M" || type == "L") {
    for (Json& element : result) element = plain(element);
  }
  return result;
}

/// The result in an item, as JSON. This library and Powertools for Python, Java and .NET keep it as a text;
/// Powertools for TypeScript keeps the value itself, of which a text may look like anything. It completes an
/// item of this library when its own claim expired before.
std::string result_in(const Json& item) {
  if (!item.contains("data")) return {};
  const Json& data = item.at("data");
  const bool is_ours = item.contains("claim") && data.contains("S");
  if (std::string text = text_in(item, "data"); is_ours || Json::accept(text)) return text;
  return plain(data).dump();
}

bool condition_failed(const aws::ServiceError& error) {
  return error.code() == "ConditionalCheckFailedException";
}

/// False for a result that is not UTF-8, or larger than an item.
bool can_be_kept(std::string_view result) noexcept {
  constexpr std::size_t largest_item = std::size_t{400} * 1'024;
  return result.size() <= largest_item && detail::is_utf8(result);
}

Json names(std::initializer_list<const char*> attributes) {
  Json all = Json::object();
  for (const char* const attribute : attributes) all[std::string("#") + attribute] = attribute;
  return all;
}

}  // namespace

DynamoDbStore::DynamoDbStore(DynamoDbStoreOptions options)
    : options_(std::move(options)), client_(aws::Service::dynamodb, options_.client) {
  if (options_.key_attribute.empty()) throw std::invalid_argument("key_attribute is empty");
  if (options_.sort_key_attribute == options_.key_attribute)
    throw std::invalid_argument("sort_key_attribute and key_attribute are both " + options_.key_attribute +
                                ": a table has two keys of different names");
  for (const char* const own :
       {"status", "claim", "expiration", "in_progress_expiration", "data", "validation"})
    if (options_.key_attribute == own || options_.sort_key_attribute == own)
      throw std::invalid_argument(std::string("a key of the table is called ") + own +
                                  ", as an attribute of the store's items");
  if (!options_.sort_key_attribute.empty() && options_.partition.empty()) {
    const char* const function = std::getenv("AWS_LAMBDA_FUNCTION_NAME");
    options_.partition = std::string("idempotency#").append(function == nullptr ? "" : function);
  }
}

/// The attributes that name the item of a claim.
std::map<std::string, std::string> DynamoDbStore::key_of(const Claim& claim) const {
  if (options_.sort_key_attribute.empty()) return {{options_.key_attribute, claim.key}};
  constexpr std::size_t longest_sort_key = 1'024;  // bytes; a partition key has twice as many
  const bool fits = claim.key.size() <= longest_sort_key;
  return {{options_.key_attribute, options_.partition},
          {options_.sort_key_attribute, fits ? claim.key : "sha1:" + sha1_of(claim.key)}};
}

std::optional<ExistingRecord> DynamoDbStore::claim(const Claim& claim, milliseconds time_limit) {
  const auto end = steady_clock::now() + time_limit;  // of both calls together
  Json item = texts(key_of(claim));
  item["status"] = text("INPROGRESS");
  item["claim"] = text(claim.token);
  item["expiration"] = number(seconds_of(claim.expires));
  item["in_progress_expiration"] = number(milliseconds_of(claim.in_progress_until));
  if (!claim.validation.empty()) item["validation"] = text(claim.validation);
  Json attribute_names = names({"status", "expiration", "in_progress_expiration"});
  attribute_names["#key"] = options_.key_attribute;
  const Json request{{"TableName", options_.table},
                     {"Item", std::move(item)},
                     {"ConditionExpression",
                      "attribute_not_exists(#key) OR #expiration < :now OR (#status = :in_progress AND "
                      "#in_progress_expiration < :now_in_milliseconds)"},
                     {"ExpressionAttributeNames", std::move(attribute_names)},
                     {"ExpressionAttributeValues",
                      {{":now", number(seconds_of(claim.now))},
                       {":now_in_milliseconds", number(milliseconds_of(claim.now))},
                       {":in_progress", text("INPROGRESS")}}}};
  try {
    client_.call("PutItem", request.dump(), time_limit);
    return std::nullopt;
  } catch (const aws::ServiceError& error) {
    if (!condition_failed(error)) throw;
  }
  const Json question{{"TableName", options_.table}, {"Key", texts(key_of(claim))}, {"ConsistentRead", true}};
  const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
  const Json answer = Json::parse(client_.call("GetItem", question.dump(), left));
  if (!answer.contains("Item")) throw StoreError("the key " + claim.key + " was released meanwhile");
  const Json& found = answer.at("Item");
  const std::string status = text_in(found, "status");
  const bool is_completed = status == "COMPLETED";
  if (!is_completed && status != "INPROGRESS") {
    throw StoreError("the table " + options_.table + " holds something else at the key " + claim.key);
  }
  if (!is_completed && text_in(found, "claim") == claim.token) return std::nullopt;  // the answer was lost
  return ExistingRecord{is_completed, result_in(found), text_in(found, "validation")};
}

bool DynamoDbStore::complete(const Claim& claim, std::string_view result, milliseconds time_limit) {
  const auto end = steady_clock::now() + time_limit;  // of both calls together
  // The effect is done and must not be repeated, so an empty result stands for one that cannot be kept.
  if (!can_be_kept(result)) result = {};
  // An item that was deleted meanwhile is written anew, so with all of its attributes.
  Json attribute_names = names({"status", "data", "expiration", "claim"});
  attribute_names["#key"] = options_.key_attribute;
  Json values{{":completed", text("COMPLETED")},
              {":data", text(result)},
              {":expiration", number(seconds_of(claim.expires))},
              {":claim", text(claim.token)}};
  std::string update = "SET #status = :completed, #data = :data, #expiration = :expiration, #claim = :claim";
  if (!claim.validation.empty()) {
    update += ", #validation = :validation";
    attribute_names["#validation"] = "validation";
    values[":validation"] = text(claim.validation);
  }
  const Json request{{"TableName", options_.table},
                     {"Key", texts(key_of(claim))},
                     {"UpdateExpression", std::move(update)},
                     {"ConditionExpression", "attribute_not_exists(#key) OR #claim = :claim"},
                     {"ExpressionAttributeNames", std::move(attribute_names)},
                     {"ExpressionAttributeValues", std::move(values)}};
  try {
    client_.call("UpdateItem", request.dump(), time_limit);
    return true;
  } catch (const aws::ServiceError& error) {
    if (condition_failed(error)) return false;
    if (error.code() != "ValidationException" || result.empty()) throw;
  }
  // It is too large together with the other attributes.
  return complete(claim, {}, std::chrono::duration_cast<milliseconds>(end - steady_clock::now()));
}

void DynamoDbStore::release(const Claim& claim, milliseconds time_limit) {
  const Json request{
      {"TableName", options_.table},
      {"Key", texts(key_of(claim))},
      {"ConditionExpression", "#claim = :claim AND #status = :in_progress"},
      {"ExpressionAttributeNames", names({"status", "claim"})},
      {"ExpressionAttributeValues", {{":claim", text(claim.token)}, {":in_progress", text("INPROGRESS")}}}};
  try {
    client_.call("DeleteItem", request.dump(), time_limit);
  } catch (const aws::ServiceError& error) {
    if (!condition_failed(error)) throw;
  }
}

}  // namespace batchproof::inline v0_1
