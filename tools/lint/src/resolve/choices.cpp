#include "resolve/choices.hpp"

namespace batchproof::lint {

std::optional<std::string> Choices::ask(const Choice& choice) {
  const auto made = made_.find({choice.file, choice.name});
  if (made != made_.end()) return made->second;
  if (!open_ && choice.values.size() > 1) open_ = choice;
  return std::nullopt;
}

}  // namespace batchproof::lint
