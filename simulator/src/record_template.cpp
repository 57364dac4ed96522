#include "record_template.hpp"

#include <algorithm>
#include <batchproof/fixtures/base64.hpp>

namespace batchproof::simulator {

RecordTemplate::RecordTemplate(std::string_view text, std::uint64_t first_mark) {
  const std::string mark = std::to_string(first_mark);
  const std::string_view common = std::string_view(mark).substr(0, mark.size() - 1);
  for (std::size_t at = text.find(common); at != std::string_view::npos; at = text.find(common)) {
    pieces_.push_back(
        {std::string(text.substr(0, at)), static_cast<std::size_t>(text[at + common.size()] - '0')});
    text.remove_prefix(at + mark.size());
  }
  end_ = text;
}

std::string RecordTemplate::fill(std::span<const std::string> texts) const {
  std::size_t bytes = end_.size();
  for (const Piece& piece : pieces_) bytes += piece.before.size() + texts[piece.gap].size();
  std::string json;
  json.reserve(bytes);
  for (const Piece& piece : pieces_) (json += piece.before) += texts[piece.gap];
  return json += end_;
}

std::uint64_t first_mark_for(const std::vector<std::string>& payloads) {
  std::uint64_t common = 900'000'000'000'000;  // longer than every number of a message
  const auto holds_it = [&](const std::string& payload) {
    const std::string text = std::to_string(common);
    return payload.find(text) != std::string::npos ||
           fixtures::encode_base64(payload).find(text) != std::string::npos;
  };
  while (std::any_of(payloads.begin(), payloads.end(), holds_it)) ++common;
  return common * 10;
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
