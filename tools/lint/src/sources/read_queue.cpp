#include <fmt/core.h>

#include "read/read_json.hpp"
#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

/// The pieces of a text in the syntax of `Fn::Sub`.
std::string as_substitution(const Value& text) {
  std::string written;
  for (const Piece& piece : text.pieces) {
    if (piece.kind == Piece::Kind::literal) {
      written += piece.text;
    } else if (piece.kind == Piece::Kind::resource) {
      written += "${" + piece.text + (piece.attribute.empty() ? "" : "." + piece.attribute) + "}";
    } else {
      written += "${" + (piece.variable.empty() ? "AWS::Unknown" : piece.variable) + "}";
    }
  }
  return written;
}

/// Turns texts with variables into functions again.
void resolve_later(Node& node) {
  for (Node& item : node.items) resolve_later(item);
  for (Node::Entry& entry : node.entries) resolve_later(entry.value);
  if (node.kind != Node::Kind::scalar || node.text.find("${") == std::string::npos) return;
  node = Node::function("Fn::Sub", std::move(node));
}

class QueueReading {
 public:
  QueueReading(const Context& context, const Declared& declared, std::vector<WrongArn>& wrong)
      : context_(context), properties_(context.reader(declared)), declared_(declared), wrong_(wrong) {}

  SourceQueue read() {
    queue_.name = declared_.id;
    queue_.place = declared_.place;
    properties_.read("VisibilityTimeout", queue_.visibility_timeout);
    properties_.read("MessageRetentionPeriod", queue_.retention);
    read_policy();
    return std::move(queue_);
  }

 private:
  void read_policy() {
    const Value policy = properties_.value("RedrivePolicy");
    if (policy.kind == Value::Kind::absent) return;
    queue_.has_dead_letter_queue.place = properties_.place("RedrivePolicy");
    queue_.has_dead_letter_queue.origin = Origin::unresolved;
    if (policy.kind == Value::Kind::map) {
      read_members(properties_.within("RedrivePolicy"));
    } else if (policy.kind == Value::Kind::text && policy.pieces.size() + (policy.literal() ? 1 : 0) > 1) {
      read_written_policy(as_substitution(policy));
    } else {
      properties_.note("RedrivePolicy", policy.why_unknown());
    }
  }

  /// A redrive policy may also be a text that holds JSON.
  void read_written_policy(const std::string& text) {
    try {
      Node policy = std::move(read_json(text).root);
      move_to(policy, queue_.has_dead_letter_queue.place);
      resolve_later(policy);
      const Value value{.kind = Value::Kind::map, .map = &policy, .place = policy.place};
      read_members({properties_.resolver(), context_.notes, value, queue_.name});
    } catch (const TemplateError& error) {
      properties_.note("RedrivePolicy", error.what());
    }
  }

  void read_members(const PropertyReader& policy) {
    const Value target = policy.value("deadLetterTargetArn");
    queue_.has_dead_letter_queue.value = target.kind != Value::Kind::absent;
    queue_.has_dead_letter_queue.origin =
        target.kind == Value::Kind::unresolved ? Origin::unresolved : Origin::given;
    if (target.kind == Value::Kind::unresolved) policy.note("deadLetterTargetArn", target.reason);
    if (!queue_.has_dead_letter_queue.value) return;
    add_if_no_arn(context_, policy, "deadLetterTargetArn", wrong_);

    DeadLetterQueue dead_letters{.name = "the dead-letter queue",
                                 .place = queue_.has_dead_letter_queue.place};
    policy.read("maxReceiveCount", dead_letters.max_receive_count);
    read_target(policy, target, dead_letters);
    queue_.dead_letter_queue = std::move(dead_letters);
  }

  void read_target(const PropertyReader& policy, const Value& target, DeadLetterQueue& dead_letters) {
    const Declared declared = context_.declarations.queue(target, properties_.resolver());
    if (declared.is_queue()) {
      dead_letters.name = declared.id;
      dead_letters.is_the_source = declared.id == declared_.id && declared.file == declared_.file;
      dead_letters.fifo = read_fifo(context_, declared);
      return context_.reader(declared).read("MessageRetentionPeriod", dead_letters.retention);
    }
    if (const auto literal = target.literal()) dead_letters.name = *literal;
    dead_letters.fifo = fifo_by_arn(target, dead_letters.place);
    dead_letters.retention.origin = Origin::unresolved;
    const std::string reason =
        target.literal() ? "the template does not declare that queue" : target.why_unknown();
    if (target.kind != Value::Kind::unresolved)
      policy.note("deadLetterTargetArn", reason + "; its retention was not checked");
  }

  const Context& context_;
  PropertyReader properties_;
  const Declared& declared_;
  std::vector<WrongArn>& wrong_;
  SourceQueue queue_;
};

}  // namespace

SourceQueue read_queue(const Context& context, const Declared& queue, std::vector<WrongArn>& wrong) {
  return QueueReading(context, queue, wrong).read();
}

Flag read_fifo(const Context& context, const Declared& queue) {
  Flag fifo;
  context.reader(queue).read("FifoQueue", fifo);
  return fifo;
}

Flag fifo_by_arn(const Value& arn, Place place) {
  Flag fifo{.origin = Origin::unresolved, .place = place};
  const bool ends_written = arn.kind == Value::Kind::text && !arn.pieces.empty() &&
                            arn.pieces.back().kind == Piece::Kind::literal && !arn.pieces.back().text.empty();
  if (!ends_written) return fifo;
  fifo.value = arn.pieces.back().text.ends_with(".fifo");
  fifo.origin = Origin::given;
  return fifo;
}

}  // namespace batchproof::lint
