#include "progress_line.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "terminal.hpp"

namespace batchproof::tools {
namespace {

constexpr auto pause = std::chrono::milliseconds(100);
constexpr std::size_t widest_line = 78;
constexpr const char* clear_line = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine() : visible_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (visible_) std::fputs(clear_line, stderr);
}

void ProgressLine::begin(std::string what) {
  what_ = std::move(what);
  if (visible_) show(what_);
}

void ProgressLine::update(const std::string& how_far) {
  if (!visible_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - shown_ < pause) return;
  shown_ = now;
  show(how_far + "  " + what_);
}

properties::Progress ProgressLine::progress() {
  if (!visible_) return {};
  return [this, cases = 0](std::span<const properties::LawResult>, int cases_wanted) mutable {
    update(fmt::format("{} of {}", ++cases, cases_wanted));  // called after each case
  };
}

void ProgressLine::show(const std::string& line) {
  fmt::print(stderr, "{}{}", clear_line, shorten_end(printable(line), widest_line));
  std::fflush(stderr);
}

}  // namespace batchproof::tools
