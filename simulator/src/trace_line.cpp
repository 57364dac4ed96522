#include "trace_line.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::simulator {

TraceLine::TraceLine(const TraceSink& sink, std::chrono::milliseconds at, std::string_view what,
                     std::string_view message)
    : sink_(sink) {
  line_ = R"({"at":)" + std::to_string(at.count()) + R"(,"what":")" + std::string(what) + '"';
  if (!message.empty()) text("message", message);
}

TraceLine::~TraceLine() {
  line_ += '}';
  sink_(line_);
}

TraceLine& TraceLine::text(std::string_view name, std::string_view value) {
  begin(name);
  line_ += fixtures::to_ascii_text(nlohmann::json(value));
  return *this;
}

void TraceLine::begin(std::string_view name) {
  line_ += ",\"";
  line_ += name;
  line_ += "\":";
}

}  // namespace batchproof::simulator
