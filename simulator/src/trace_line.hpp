#pragma once

#include <batchproof/simulator/run_world.hpp>
#include <chrono>
#include <concepts>
#include <string>
#include <string_view>

namespace batchproof::simulator {

/// Makes the trace empty, and returns the sink that fills it. The trace must outlive the sink.
TraceSink sink_of(Trace& trace);

/// One line of a trace. Its destructor passes it to the sink, which must not be empty. All values are
/// escaped.
class TraceLine {
 public:
  TraceLine(const TraceSink& sink, std::chrono::milliseconds at, std::string_view what,
            std::string_view message = {});
  ~TraceLine();
  TraceLine(const TraceLine&) = delete;
  TraceLine& operator=(const TraceLine&) = delete;

  TraceLine& text(std::string_view name, std::string_view value);

  template <std::unsigned_integral Number>
  TraceLine& number(std::string_view name, Number value) {
    begin(name);
    line_ += std::to_string(value);
    return *this;
  }

 private:
  void begin(std::string_view name);

  const TraceSink& sink_;
  std::string line_;
};

}  // namespace batchproof::simulator
