// Rules about the table in which an idempotent function keeps handled records.

#include <fmt/core.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <string>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

/// The names that `DynamoDbStore` uses, as in the table of Powertools for AWS Lambda.
constexpr std::string_view expiry_attribute = "expiration";
constexpr std::array<std::string_view, 4> needed{"putitem", "getitem", "updateitem", "deleteitem"};
constexpr std::string_view instead_of_actions =
    "Action: [dynamodb:PutItem, dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem]";

const IdempotencyTable* table_of(const EventSource& source) {
  return source.function.idempotency_table ? &*source.function.idempotency_table : nullptr;
}

Violations never_expires(const EventSource& source) {
  const IdempotencyTable* const table = table_of(source);
  if (table == nullptr || !table->expiry_attribute.is_known() ||
      table->expiry_attribute.value == expiry_attribute)
    return {};
  const std::string& given = table->expiry_attribute.value;
  return {{.place = table->expiry_attribute.place_or(table->place),
           .what = given.empty() ? fmt::format("{} has no time to live that is enabled", table->name)
                                 : fmt::format("the time to live of {} is {}, and items have {}", table->name,
                                               given, expiry_attribute),
           .instead = "TimeToLiveSpecification: {AttributeName: expiration, Enabled: true}"}};
}

Violations another_key(const EventSource& source) {
  const IdempotencyTable* const table = table_of(source);
  if (table == nullptr || !table->has_keys_of_text.is(false)) return {};
  return {{.place = table->has_keys_of_text.place,
           .what = fmt::format("a key of {} is not a string", table->name),
           .instead = "KeySchema: [{AttributeName: id, KeyType: HASH}], and id of AttributeType S"}};
}

/// The operation after the service's name; "*" for all.
std::string_view operation_of(std::string_view action) {
  return action.substr(action.find(':') == std::string_view::npos ? 0 : action.find(':') + 1);
}

bool is_allowed(const IdempotencyTable& table, std::string_view operation) {
  const std::string wanted = "dynamodb:" + std::string(operation);
  return std::any_of(table.actions.value.begin(), table.actions.value.end(), [&](const std::string& action) {
    return fnmatch(action.c_str(), wanted.c_str(), FNM_NOESCAPE) == 0;
  });
}

Violations missing_actions(const EventSource& source) {
  const IdempotencyTable* const table = table_of(source);
  if (table == nullptr || !table->actions.is_known()) return {};
  std::string missing;
  for (const std::string_view operation : needed) {
    if (!is_allowed(*table, operation)) missing += (missing.empty() ? "" : ", ") + std::string(operation);
  }
  if (missing.empty()) return {};
  return {{.place = table->actions.value.empty() ? table->place : table->actions.place,
           .what = fmt::format("the role of {} does not allow {} on {}", source.function.name, missing,
                               table->name),
           .instead = std::string(instead_of_actions)}};
}

Violations too_many_actions(const EventSource& source) {
  const IdempotencyTable* const table = table_of(source);
  if (table == nullptr || !table->actions.is_known()) return {};
  const auto surplus =
      std::find_if(table->actions.value.begin(), table->actions.value.end(), [](const std::string& action) {
        return std::find(needed.begin(), needed.end(), operation_of(action)) == needed.end();
      });
  if (surplus == table->actions.value.end() && !table->may_use_every_table) return {};
  return {{.place = table->actions.place,
           .what = table->may_use_every_table
                       ? fmt::format("the role of {} may use every table", source.function.name)
                       : fmt::format("the role of {} may do {} on {}", source.function.name, *surplus,
                                     table->name),
           .instead = fmt::format("{}, Resource: !GetAtt {}.Arn", instead_of_actions, table->name)}};
}

}  // namespace

constinit const Rule idempotency_table_never_expires{
    .id = "idempotency-table-never-expires",
    .severity = Severity::warning,
    .sentence = "The table of an idempotent function deletes its items by their attribute expiration.",
    .why = "the table grows without end, by an item for each record",
    .aws_page = "Using time to live (TTL) in DynamoDB",
    .violations_of_source = never_expires,
};

constinit const Rule idempotency_table_key{
    .id = "idempotency-table-key",
    .severity = Severity::error,
    .sentence = "The keys of the table of an idempotent function are strings.",
    .why = "each call of the table is refused, and every record fails",
    .aws_page = "AWS::DynamoDB::Table",
    .violations_of_source = another_key,
};

constinit const Rule idempotency_actions_missing{
    .id = "idempotency-actions-missing",
    .severity = Severity::error,
    .sentence = "The role of an idempotent function allows the four actions on its table.",
    .why = "the calls are refused, and records fail, or are blocked until their claims expire",
    .aws_page = "Actions, resources, and condition keys for Amazon DynamoDB",
    .violations_of_source = missing_actions,
};

constinit const Rule idempotency_actions_too_many{
    .id = "idempotency-actions-too-many",
    .severity = Severity::warning,
    .sentence = "The role of an idempotent function allows no more than the four actions on its table.",
    .why = "a function that is taken over can read and delete more than it needs",
    .aws_page = "Actions, resources, and condition keys for Amazon DynamoDB",
    .violations_of_source = too_many_actions,
};

}  // namespace batchproof::lint
