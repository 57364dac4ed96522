#pragma once

// One value of a payload, as a `from_payload` of the user's own reads it:
//
//   void from_payload(bp::PayloadValue& value, Money& money) { money.cents = value.as<int>(); }

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace batchproof {

class PayloadValue;

namespace detail {

/// A place in a payload: a list from the place up to the whole payload, each on the stack of the function
/// that reads it. It becomes text only when something is wrong.
struct PayloadPath {
  std::string_view name;  ///< of a member; of the whole payload, such as "body"; without data: an element
  std::size_t index = 0;  ///< of an element
  const PayloadPath* parent = nullptr;
  std::size_t depth = 0;

  PayloadPath member(std::string_view member_name) const { return {member_name, 0, this, depth + 1}; }
  PayloadPath element(std::size_t element_index) const { return {{}, element_index, this, depth + 1}; }

  /// Throws a `PayloadError`.
  [[noreturn]] void fail(std::string_view reason) const;
};

/// A callable that is only called while the function that was given it runs.
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

/// One value of a payload, of whatever format it is, for a `from_payload` of the user's own:
///
///     void from_payload(bp::PayloadValue& value, Money& money) { money = parse(value.as<std::string>()); }
///
/// It is found beside `Money`, and read by one thread, once, before it returns. An exception that derives
/// from std::exception is a `PayloadError` in the end, with the path of the value.
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

  // Its readers; the kind was asked before. Text lives as long as the payload is read.
  const detail::PayloadPath& path() const noexcept { return path_; }
  virtual std::string_view token() = 0;  ///< of a number its digits, of a boolean "true" or "false"
  virtual std::string_view text() = 0;   ///< of a string, or the bytes of a binary value
  virtual void for_each_element(detail::CallbackRef<PayloadValue&> take) = 0;

  /// `wanted` is asked for each name; members that it does not want are passed over.
  virtual void for_each_member(detail::CallbackRef<std::string_view, bool&> wanted,
                               detail::CallbackRef<PayloadValue&> take) = 0;

 protected:
  PayloadValue(Kind kind, const detail::PayloadPath& path) noexcept : kind_(kind), path_(path) {}
  ~PayloadValue() = default;

 private:
  Kind kind_;
  const detail::PayloadPath& path_;
};

}  // namespace batchproof
