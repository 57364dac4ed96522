// Handlers that return their errors instead of throwing them.

#include <batchproof/fixtures/events.hpp>
#include <iostream>
#include <variant>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

// Anything with has_value() and error() is an outcome: std::expected, tl::expected, or a type like this one.
template <class Value>
class Result {
 public:
  static Result success(Value value) { return Result(std::move(value), ""); }
  static Result failure(std::string error) { return Result(std::nullopt, std::move(error)); }

  bool has_value() const { return value_.has_value(); }
  const Value& value() const { return *value_; }
  const std::string& error() const { return error_; }

 private:
  Result(std::optional<Value> value, std::string error)
      : value_(std::move(value)), error_(std::move(error)) {}

  std::optional<Value> value_;
  std::string error_;
};

Result<std::size_t> count_letters(const bp::SqsRecord& record) {
  if (record.body().empty()) return Result<std::size_t>::failure("nothing to count");
  return Result<std::size_t>::success(record.body().size());
}

// A bool could be a verdict, so it does not compile as a result. `Kept` says that it is a value.
bp::Kept<bool> is_long(const bp::SqsRecord& record) { return bp::Kept{record.body().size() > 6}; }

const bp::BatchProcessor<bp::SqsRecord> processor;

int main() {
  const auto event = bp::decode<bp::SqsRecord>(bp::fixtures::sqs_event({
      {.message_id = "m1", .body = "teapot"},
      {.message_id = "m2", .body = ""},
      {.message_id = "m3", .body = "tea cosy"},
  }));

  const auto counted = processor.process(event, count_letters);
  for (const auto& message : counted.messages()) {
    std::cout << message.record.message_id() << ": ";
    if (message.result) {
      std::cout << *message.result << " letters\n";
    } else {
      std::cout << message.cause << '\n';
    }
  }
  std::cout << counted.to_json() << '\n';

  const auto judged = processor.process(event, is_long);
  std::cout << "m3 is long: " << std::boolalpha << judged.messages()[2].result.value() << '\n';
}
