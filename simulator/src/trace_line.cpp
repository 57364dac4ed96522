#include "trace_line.hpp"

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
  line_ += nlohmann::json(value).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return *this;
}

void TraceLine::begin(std::string_view name) {
  line_ += ",\"";
  line_ += name;
  line_ += "\":";
}

}  // namespace batchproof::simulator
