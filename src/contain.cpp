#include <cxxabi.h>

#include <batchproof/detail/contain.hpp>
#include <batchproof/failure_request.hpp>
#include <batchproof/version.hpp>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <typeinfo>

namespace batchproof::inline v0_1::detail {
namespace {

/// A name of C++ as programmers write it: without the library's version, whose namespace is inline.
std::string without_version(std::string name) {
  const std::string minor_version =
      "v" + std::to_string(BATCHPROOF_VERSION_MAJOR) + "_" + std::to_string(BATCHPROOF_VERSION_MINOR) + "::";
  const std::string outer = "batchproof::";
  for (std::size_t at = 0; (at = name.find(outer + minor_version, at)) != std::string::npos;)
    name.erase(at + outer.size(), minor_version.size());
  return name;
}

std::string readable_name(const std::type_info* type) {
  if (type == nullptr) return "unknown type";
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), std::free);
  return status == 0 ? without_version(name.get()) : type->name();
}

/// When there is no memory for a text, only the record must fail, not the batch.
template <class MakeCause>
Failure failure_because(MakeCause&& make_cause) noexcept {
  Failure failure{{}, std::current_exception()};
  try {
    failure.cause = make_cause();
  } catch (const std::bad_alloc&) {
    failure.cause = "out of memory";  // short enough to need no memory
  }
  return failure;
}

}  // namespace

Failure current_failure(const std::exception& exception) noexcept {
  Failure failure = failure_because([&]() -> std::string {
    const char* const text = exception.what();
    if (text != nullptr && *text != '\0') return text;
    return readable_name(&typeid(exception)) + " without a text";
  });
  failure.request = dynamic_cast<const FailureRequest*>(&exception);  // the exception pointer keeps it alive
  return failure;
}

Failure current_failure() noexcept {
  return failure_because([] {
    return "threw a value of type " + readable_name(abi::__cxa_current_exception_type()) +
           ", which is not a std::exception";
  });
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

}  // namespace batchproof::inline v0_1::detail
