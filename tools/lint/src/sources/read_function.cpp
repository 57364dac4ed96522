#include "sources/context.hpp"

namespace batchproof::lint {

/// The function's own properties take precedence over SAM's `Globals`.
LambdaFunction read_function(const Context& context, const Declared& function) {
  const Resolver own = context.resolver(function);
  const bool is_serverless = function.type == "AWS::Serverless::Function";
  const Node* const global_properties = is_serverless ? own.root().find({"Globals", "Function"}) : nullptr;
  const PropertyReader properties = context.reader(function);
  const PropertyReader globals = context.reader(own, global_properties, function.id);
  const auto giver = [&](std::string_view key) -> const PropertyReader& {
    return properties.has(key) ? properties : globals;
  };
  LambdaFunction read{.name = function.id};
  giver("Timeout").read("Timeout", read.timeout);
  constexpr std::string_view reserved = "ReservedConcurrentExecutions";
  giver(reserved).read(reserved, read.reserved_concurrency);
  for (const std::string_view key : {"DeadLetterQueue", "DeadLetterConfig"})
    if (giver(key).has(key)) read.has_own_dead_letter_queue = true;
  read.idempotency_table = read_idempotency_table(context, function, properties, globals);
  return read;
}

void read_function_of(const Context& context, const PropertyReader& properties, std::string_view key,
                      EventSource& source) {
  if (auto function = find_function(context, properties, key, source)) {
    source.function = *std::move(function);
  } else {
    forget_function(source);
  }
}

std::optional<LambdaFunction> find_function(const Context& context, const PropertyReader& properties,
                                            std::string_view key, const EventSource& source) {
  const Declared function = context.declarations.function(properties.value(key), properties.resolver());
  if (function.is_function()) return read_function(context, function);
  if (source.kind == SourceKind::sqs && source.waits_for_answer())
    properties.note(key, "the template does not declare the function; its Timeout was not checked");
  return std::nullopt;
}

void forget_function(EventSource& source) {
  source.function.timeout.origin = Origin::unresolved;
  source.function.reserved_concurrency.origin = Origin::unresolved;
}

}  // namespace batchproof::lint
