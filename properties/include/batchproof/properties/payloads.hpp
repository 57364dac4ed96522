#pragma once

#include <batchproof/fixtures/payloads.hpp>
#include <functional>
#include <string_view>

namespace batchproof {

/// What a handler must do with a payload.
enum class Verdict { accepted, rejected };

}  // namespace batchproof

namespace batchproof::properties {

/// Tells what the handler must do with any payload. Called many times; must not depend on earlier calls.
using Classify = std::function<Verdict(std::string_view payload)>;

/// The payloads of the records that are drawn, as in `VerifyHandlerOptions`. A record is rejected by the
/// pattern if its payload is from the second list.
struct Payloads {
  fixtures::PayloadList accepted{};
  fixtures::PayloadList rejected{};
  Classify classify{};  ///< may be empty
};

}  // namespace batchproof::properties
