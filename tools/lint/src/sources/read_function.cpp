#include "sources/context.hpp"

namespace batchproof::lint {

/// The function's own properties take precedence over SAM's `Globals`.
LambdaFunction read_function(const Context& context, const Resolver& resolver, const Declared& function) {
  const Resolver own = resolver_for(resolver, function);
  const bool is_serverless = function.type == "AWS::Serverless::Function";
  const Node* const global_properties = is_serverless ? own.root().find({"Globals", "Function"}) : nullptr;
  const PropertyReader properties = context.reader(own, function.properties, function.id);
  const PropertyReader globals = context.reader(own, global_properties, function.id);
  const auto giver = [&](std::string_view key) -> const PropertyReader& {
    return properties.value(key).kind == Value::Kind::absent ? globals : properties;
  };
  LambdaFunction read{.name = function.id};
  giver("Timeout").read("Timeout", read.timeout);
  constexpr std::string_view reserved = "ReservedConcurrentExecutions";
  giver(reserved).read(reserved, read.reserved_concurrency);
  for (const std::string_view key : {"DeadLetterQueue", "DeadLetterConfig"}) {
    if (giver(key).value(key).kind != Value::Kind::absent) read.has_own_dead_letter_queue = true;
  }
  read.idempotency_table = read_idempotency_table(context, function, properties, globals);
  return read;
}

}  // namespace batchproof::lint
