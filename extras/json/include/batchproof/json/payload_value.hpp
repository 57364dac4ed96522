#pragma once

// One value of a payload, for a `from_payload` of your own:
//
//   void from_payload(bp::PayloadValue& value, Money& money) { money.cents = value.as<int>(); }

#include <batchproof/detail/export.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace batchproof::inline v0_1 {

class PayloadValue;

namespace detail {

/// A place in a payload: a linked list from the place up to the whole payload. Each element is on the stack
/// of the function that reads it. It becomes text only when an error needs it.
struct PayloadPath {
  std::string_view name;  ///< of a member; of the whole payload, such as "body"; without data: an element
  std::size_t index = 0;  ///< of an element
  const PayloadPath* parent = nullptr;
  std::size_t depth = 0;

  PayloadPath member(std::string_view member_name) const { return {member_name, 0, this, depth + 1}; }
  PayloadPath element(std::size_t element_index) const { return {{}, element_index, this, depth + 1}; }

  /// Throws a `PayloadError`.
  BATCHPROOF_EXPORT [[noreturn]] void fail(std::string_view reason) const;
};

/// A reference to a callable, which must be called only while the function that received it runs.
template <class... Arguments>
class CallbackRef {
 public:
  template <class Callable>
  // NOLINTNEXTLINE(google-explicit-constructor, bugprone-forwarding-reference-overload): a copy copies
  CallbackRef(Callable&& callable) noexcept
      : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, Arguments... arguments) {
          (*static_cast<std::remove_reference_t<Callable>*>(object))(arguments...);
        }) {}

  void operator()(Arguments... arguments) const { call_(callable_, arguments...); }

 private:
  void* callable_;
  void (*call_)(void*, Arguments...);
};

}  // namespace detail

/// One value of a payload, in any format, for a `from_payload` of your own:
///
///     void from_payload(bp::PayloadValue& value, Money& money) { money = parse(value.as<std::string>()); }
///
/// Argument-dependent lookup finds `from_payload` beside `Money`. One thread may use the value, once, before
/// `from_payload` returns. An exception that derives from std::exception becomes a `PayloadError` with the
/// path of the value.
class PayloadValue {
 public:
  enum class Kind { null, boolean, number, string, binary, array, object };

  PayloadValue(const PayloadValue&) = delete;
  PayloadValue& operator=(const PayloadValue&) = delete;

  Kind kind() const noexcept { return kind_; }

  /// The value as a type that `typed` reads. Throws `PayloadError` when it does not fit.
  template <class Value>
  Value as();

  /// Throws a `PayloadError` with this reason and the path of this value.
  [[noreturn]] void fail(std::string_view reason) const { path_.fail(reason); }

  // For the readers of values, which check the kind first. Text lives until the payload has been read.
  const detail::PayloadPath& path() const noexcept { return path_; }
  virtual std::string_view token() = 0;  ///< of a number its digits, of a boolean "true" or "false"
  virtual std::string_view text() = 0;   ///< of a string, or the bytes of a binary value
  virtual void for_each_element(detail::CallbackRef<PayloadValue&> take) = 0;

  /// Calls `wanted` for each name, and `take` for the members that `wanted` accepts; skips the others.
  virtual void for_each_member(detail::CallbackRef<std::string_view, bool&> wanted,
                               detail::CallbackRef<PayloadValue&> take) = 0;

 protected:
  PayloadValue(Kind kind, const detail::PayloadPath& path) noexcept : kind_(kind), path_(path) {}
  ~PayloadValue() = default;

 private:
  Kind kind_;
  const detail::PayloadPath& path_;
};

}  // namespace batchproof::inline v0_1
