#include <cxxabi.h>

#include <batchproof/detail/contain.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <typeinfo>

namespace batchproof::detail {
namespace {

std::string readable_name(const std::type_info* type) {
  if (type == nullptr) return "unknown type";
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), std::free);
  return status == 0 ? name.get() : type->name();
}

}  // namespace

Failure current_failure(const std::exception& exception) {
  const char* const text = exception.what();
  std::string cause =
      text != nullptr && *text != '\0' ? text : readable_name(&typeid(exception)) + " without a text";
  return {std::move(cause), std::current_exception()};
}

Failure current_failure() {
  return {"threw a value of type " + readable_name(abi::__cxa_current_exception_type()) +
              ", which is no std::exception",
          std::current_exception()};
}

Failure failure_of_exception(const std::exception_ptr& exception) {
  return *contain([&]() -> std::optional<Failure> {
    if (exception) std::rethrow_exception(exception);
    throw std::bad_exception();
  });
}

std::string type_of_exception(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (...) {
    return readable_name(abi::__cxa_current_exception_type());
  }
}

}  // namespace batchproof::detail
