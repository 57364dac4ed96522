#pragma once

#include <batchproof/lint/node.hpp>
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace batchproof::lint {

/// What was read is no template; `what()` is one line that says why, and where.
class TemplateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// CloudFormation takes templates of 1 MiB ("Understand CloudFormation quotas"); a little more may be read,
/// since people write templates that a tool packs before they are uploaded.
inline constexpr std::size_t most_template_bytes = std::size_t{2} << 20U;

/// Reads YAML, with the short tags of CloudFormation, or JSON. Throws `TemplateError` for what is neither,
/// for what is nested too deeply or grows too large through aliases, for a key that stands twice in a map,
/// and for what has no `Resources`. Any bytes may be given.
Node read_template(std::string_view text);

}  // namespace batchproof::lint
