// Reads the table of an idempotent function, and the actions that the function's role allows on it.

#include <fnmatch.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

/// The action of a statement in lower case, since its case does not matter ("IAM JSON policy elements:
/// Action"), as a pattern of `fnmatch`; nothing for a bracket, which is a part of such a pattern, but of no
/// action.
std::optional<std::string> action_in(const Value& value) {
  std::optional<std::string> action = value.literal();
  if (!action) return std::nullopt;
  std::transform(action->begin(), action->end(), action->begin(),
                 [](unsigned char character) { return std::tolower(character); });
  if (action->find('[') != std::string::npos) return std::nullopt;
  return action;
}

/// A text, or the items of a list.
std::vector<Value> one_or_many(const Value& value) {
  if (value.kind == Value::Kind::absent) return {};
  return value.kind == Value::Kind::list ? value.items : std::vector<Value>{value};
}

bool is_table(const Declared& declared) { return declared.type == "AWS::DynamoDB::Table"; }

/// An action may be a pattern, such as "dynamodb:*" or "*".
bool is_action_of_tables(const std::string& action) {
  return fnmatch(action.substr(0, action.find(':')).c_str(), "dynamodb", FNM_NOESCAPE) == 0;
}

/// The actions that the statements of a role or of the function's own policies allow on one table.
class Permissions {
 public:
  Permissions(const Context& context, const Declared& table) : context_(context), table_(table) {}

  /// Reads a list of `{PolicyName, PolicyDocument}`, or of SAM's `{Statement}`; other entries make the
  /// actions unknown.
  void add_policies(const PropertyReader& properties) {
    for (const Value& policy : one_or_many(properties.value("Policies"))) {
      if (policy.kind != Value::Kind::map) {
        is_known_ = false;
        continue;
      }
      const PropertyReader reader = reader_of(properties, policy);
      const Value document = reader.value("PolicyDocument");
      add_statements(document.kind == Value::Kind::map ? reader.within("PolicyDocument") : reader);
    }
    if (!one_or_many(properties.value("ManagedPolicyArns")).empty()) is_known_ = false;
  }

  void write_to(IdempotencyTable& table) const {
    table.actions.value = actions_;
    table.actions.origin = is_known_ ? Origin::given : Origin::unresolved;
    table.actions.place = place_;
    table.may_use_every_table = may_use_every_table_;
  }

  void forget() { is_known_ = false; }

 private:
  PropertyReader reader_of(const PropertyReader& parent, const Value& map) const {
    return {parent.resolver(), context_.notes, map, "a policy"};
  }

  void add_statements(const PropertyReader& document) {
    const std::vector<Value> statements = one_or_many(document.value("Statement"));
    if (statements.empty()) is_known_ = false;  // a policy template of SAM
    for (const Value& statement : statements) {
      if (statement.kind == Value::Kind::map) {
        add_statement(reader_of(document, statement));
      } else {
        is_known_ = false;
      }
    }
  }

  void add_statement(const PropertyReader& statement) {
    if (statement.value("Effect").literal() != "Allow") return;
    const bool may_allow = may_allow_actions_of_tables(statement);
    if (statement.has("NotAction") || statement.has("NotResource")) is_known_ = false;
    bool is_about_table = false;
    bool is_about_every_table = false;
    for (const Value& resource : one_or_many(statement.value("Resource"))) {
      const Declared named = context_.declarations.resource(resource);
      is_about_table = is_about_table || (named.id == table_.id && named.file == table_.file);
      is_about_every_table = is_about_every_table || resource.literal() == "*";
      // Another text may be the table's ARN or a pattern of it.
      if (may_allow && named.id.empty() && resource.literal() != "*") is_known_ = false;
    }
    if (!is_about_table && !is_about_every_table) return;
    for (const Value& action : one_or_many(statement.value("Action"))) {
      auto name = action_in(action);
      if (!name) is_known_ = false;
      if (!name || !is_action_of_tables(*name)) continue;
      place_ = action.place;
      actions_.push_back(std::move(*name));
      may_use_every_table_ = may_use_every_table_ || is_about_every_table;
    }
  }

  static bool may_allow_actions_of_tables(const PropertyReader& statement) {
    const std::vector<Value> actions = one_or_many(statement.value("Action"));
    return std::any_of(actions.begin(), actions.end(), [](const Value& action) {
      const auto name = action_in(action);
      return !name || is_action_of_tables(*name);
    });
  }

  const Context& context_;
  const Declared& table_;
  std::vector<std::string> actions_{};
  bool is_known_ = true;
  bool may_use_every_table_ = false;
  Place place_{};
};

/// The table that a variable with IDEMPOTENCY in its name names.
Declared table_in(const Context& context, const PropertyReader& function) {
  const Value environment = function.value("Environment");
  if (environment.kind != Value::Kind::map) return {};
  const PropertyReader reader = function.within("Environment");
  const Value variables = reader.value("Variables");
  if (variables.kind != Value::Kind::map) return {};
  for (const Node::Entry& variable : variables.map->entries) {
    if (variable.key.find("IDEMPOTENCY") == std::string::npos) continue;
    Declared declared = context.declarations.resource(function.resolver().resolve(variable.value));
    if (is_table(declared)) return declared;
  }
  return {};
}

/// True when all keys are strings; nothing when that is unknown.
std::optional<bool> has_keys_of_text(const Context& context, const PropertyReader& table) {
  const Value schema = table.value("KeySchema");
  const Value attributes = table.value("AttributeDefinitions");
  if (schema.kind != Value::Kind::list || attributes.kind != Value::Kind::list) return std::nullopt;
  const auto member = [&](const Value& map, std::string_view key) {
    return PropertyReader(table.resolver(), context.notes, map, "a key").value(key).literal();
  };
  const auto is_text = [&](const Value& key) -> std::optional<bool> {
    const auto name = member(key, "AttributeName");
    for (const Value& attribute : attributes.items) {
      if (!name || member(attribute, "AttributeName") != name) continue;
      const auto type = member(attribute, "AttributeType");
      return type ? std::optional(*type == "S") : std::nullopt;
    }
    return std::nullopt;
  };
  std::optional<bool> all_are = true;
  for (const Value& key : schema.items) {
    const auto this_is = is_text(key);
    if (this_is == false) return false;
    if (!this_is) all_are = std::nullopt;
  }
  return all_are;
}

void read_expiry(const PropertyReader& table, IdempotencyTable& read) {
  const Value specification = table.value("TimeToLiveSpecification");
  if (specification.kind == Value::Kind::absent) return;
  read.expiry_attribute.place = table.place("TimeToLiveSpecification");
  if (specification.kind != Value::Kind::map) {
    read.expiry_attribute.origin = Origin::unresolved;
    return;
  }
  const PropertyReader members = table.within("TimeToLiveSpecification");
  Flag enabled;
  members.read("Enabled", enabled);
  members.read("AttributeName", read.expiry_attribute);
  if (!enabled.is_known()) read.expiry_attribute.origin = Origin::unresolved;
  if (enabled.is(false)) read.expiry_attribute.value.clear();
}

/// True for a policy of its own that names the role, or a role that may be it, such as a parameter.
bool is_policy_of(const Context& context, const Declared& policy, const Declared& role) {
  const bool is_policy = policy.type == "AWS::IAM::Policy" || policy.type == "AWS::IAM::ManagedPolicy" ||
                         policy.type == "AWS::IAM::RolePolicy";
  if (!is_policy) return false;
  const std::string_view key = policy.type == "AWS::IAM::RolePolicy" ? "RoleName" : "Roles";
  const std::vector<Value> roles = one_or_many(context.reader(policy).value(key));
  return std::any_of(roles.begin(), roles.end(), [&](const Value& named) {
    const Declared other = context.declarations.resource(named);
    return other.id.empty() || (other.id == role.id && other.file == role.file);
  });
}

/// True when another resource, or a connector of SAM, may allow the function more than its role does.
bool has_other_permissions(const Context& context, const Declared& function, const Declared& role) {
  const Node::Entry* const written = context.application.resource(function.file, function.id);
  if (written != nullptr && written->value.find("Connectors") != nullptr) return true;
  for (int file = 0; file < context.application.files(); ++file) {
    const Node* const resources = context.application.root(file).find("Resources");
    if (resources == nullptr) continue;
    for (const Node::Entry& entry : resources->entries) {
      const Declared declared = declared_resource(entry);
      if (declared.type == "AWS::Serverless::Connector" && file == function.file) return true;
      if (is_policy_of(context, declared, role)) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<IdempotencyTable> read_idempotency_table(const Context& context, const Declared& function,
                                                       const PropertyReader& properties,
                                                       const PropertyReader& globals) {
  Declared declared = table_in(context, properties);
  if (declared.id.empty()) declared = table_in(context, globals);
  if (declared.id.empty()) return std::nullopt;
  const PropertyReader table = context.reader(declared);
  IdempotencyTable read{.name = declared.id, .place = declared.place};
  read_expiry(table, read);
  const auto keys = has_keys_of_text(context, table);
  read.has_keys_of_text = {.value = keys.value_or(false),
                           .origin = keys ? Origin::given : Origin::unresolved,
                           .place = table.place("KeySchema")};

  Permissions permissions(context, declared);
  const Value role = properties.value("Role");
  const Declared declared_role = context.declarations.resource(role);
  if (declared_role.type == "AWS::IAM::Role") {
    permissions.add_policies(context.reader(declared_role));
  } else if (role.kind == Value::Kind::absent) {
    permissions.add_policies(properties);
  } else {
    permissions.forget();
  }
  if (has_other_permissions(context, function, declared_role)) permissions.forget();
  permissions.write_to(read);
  return read;
}

}  // namespace batchproof::lint
