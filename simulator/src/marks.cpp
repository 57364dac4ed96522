#include "marks.hpp"

#include <algorithm>
#include <batchproof/fixtures/base64.hpp>

namespace batchproof::simulator {

std::uint64_t first_mark(const std::vector<std::string>& payloads) {
  std::uint64_t common = 900'000'000'000'000;  // without the last digit; longer than a message's numbers
  const auto holds_it = [&](const std::string& payload) {
    const std::string text = std::to_string(common);
    return payload.find(text) != std::string::npos ||
           fixtures::encode_base64(payload).find(text) != std::string::npos;
  };
  while (std::any_of(payloads.begin(), payloads.end(), holds_it)) ++common;
  return common * 10;
}

std::vector<std::string> texts_of_marks(std::uint64_t first) {
  std::vector<std::string> texts;
  for (std::uint64_t mark = first; mark < first + 10; ++mark) texts.push_back(std::to_string(mark));
  return texts;
}

std::chrono::milliseconds time_of_mark(std::uint64_t mark) {
  return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(mark));
}

void write_seconds(std::chrono::milliseconds since_1970, std::string& text) {
  text = std::to_string(since_1970.count());
  constexpr std::size_t decimals = 3;
  if (text.ends_with("000")) {
    text.resize(text.size() - decimals);
  } else {
    text.insert(text.size() - decimals, 1, '.');
  }
}

}  // namespace batchproof::simulator
