#include <batchproof/detail/utf8.hpp>
#include <batchproof/invocation_answer.hpp>
#include <cstddef>
#include <string_view>

#include "json_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

/// The service accepts at most 6 MB, and nobody reads an error that long.
constexpr std::size_t longest_message = 65'536;

std::string error_message(const Failure& failure) {
  std::string text = as_utf8(failure.cause);
  if (text.size() > longest_message) text = excerpt(text, longest_message) + "...";
  return text;
}

std::string error_type(const Failure& failure) {
  constexpr std::string_view our_own = "batchproof::";
  const std::string name = type_of_exception(failure.exception);
  return name.starts_with(our_own) ? name.substr(our_own.size()) : name;
}

std::string error_object(const Failure& failure) {
  std::string json = R"({"errorMessage":")";
  append_escaped(json, error_message(failure));
  json += R"(","errorType":")";
  append_escaped(json, error_type(failure));
  return json += R"(","stackTrace":[]})";
}

}  // namespace

InvocationAnswer answer_failure(const Failure& failure) noexcept {
  InvocationAnswer answer;
  const auto out_of_memory = contain([&]() -> std::optional<Failure> {
    answer.body = error_object(failure);
    return std::nullopt;
  });
  if (out_of_memory) answer.body = "{}";  // short enough to need no memory
  return answer;
}

}  // namespace batchproof::inline v0_1::detail
