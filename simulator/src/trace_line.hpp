#pragma once

#include <batchproof/simulator/run_world.hpp>
#include <chrono>
#include <concepts>
#include <string>
#include <string_view>

namespace batchproof::simulator {

/// One line of a trace, handed over when it is destroyed. Texts are those of the simulator's own making, and
/// what the subject wrote; both are escaped. For a trace that is on alone.
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
