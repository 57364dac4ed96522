#pragma once

#include <batchproof/attribute_value.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/json/payload_error.hpp>
#include <batchproof/json/payload_value.hpp>
#include <batchproof/json/read_value.hpp>
#include <exception>
#include <new>
#include <string_view>

namespace batchproof::inline v0_1 {
namespace detail {

/// Reads a whole payload and calls `take` with it, once. All of the text must be JSON, also values that
/// nobody reads. Throws `PayloadError`, whose text calls the payload by the name `payload`.
BATCHPROOF_EXPORT void read_json(std::string_view payload, std::string_view text,
                                 CallbackRef<PayloadValue&> take);

/// The same for an item of DynamoDB.
BATCHPROOF_EXPORT void read_item(std::string_view payload, const AttributeMap& item,
                                 CallbackRef<PayloadValue&> take);

}  // namespace detail

/// Reads payloads as a `Payload`. This template reads types that Boost.Describe describes, and containers of
/// them; <batchproof/json.hpp> specialises it for types with nlohmann's `from_json`.
template <class Payload>
struct PayloadFormat {
  static_assert(
      detail::is_readable<Payload>(),
      "batchproof: the type of a typed handler is described by BOOST_DESCRIBE_STRUCT, or has nlohmann's "
      "from_json and <batchproof/json.hpp> is included");

  static Payload read(std::string_view payload, std::string_view text) {
    Payload target{};
    detail::read_json(payload, text, [&](PayloadValue& value) { read_into(target, value); });
    return target;
  }

  static Payload read(std::string_view payload, const AttributeMap& item) {
    Payload target{};
    detail::read_item(payload, item, [&](PayloadValue& value) { read_into(target, value); });
    return target;
  }

 private:
  static void read_into(Payload& target, PayloadValue& value) {
    if constexpr (detail::is_readable<Payload>()) detail::read_value(value, target);
  }
};

namespace detail {

/// Calls `read`; its exceptions become a `PayloadError`, except those that say nothing about the payload.
template <class Read>
auto contain_reading(std::string_view payload, Read&& read) {
  try {
    return read();
  } catch (const PayloadError&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw PayloadError(payload, "", error.what());
  }
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
