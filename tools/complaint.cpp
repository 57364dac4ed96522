#include "complaint.hpp"

#include <batchproof/blackbox/verify_function.hpp>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

#include "characters.hpp"
#include "output.hpp"

namespace batchproof::tools {
namespace {

void complain_about_log(std::string_view log) {
  constexpr std::size_t most_bytes = 4000;
  constexpr std::string_view blank = " \t\r\n";
  log = log.substr(0, log.find_last_not_of(blank) + 1);
  if (log.empty()) return;
  const bool is_short = log.size() <= most_bytes;
  if (!is_short) log = log.substr(log.size() - most_bytes);
  const std::string heading = is_short ? "it printed:" : "its log ends:";
  if (log.find('\n') == std::string_view::npos) return complain(heading + ' ' + std::string(log));
  complain(heading);
  for (const std::string_view line : lines_of(log)) complain("  " + std::string(line));
}

}  // namespace

void complain_about_exception() {
  try {
    throw;
  } catch (const FunctionNotStarted& error) {
    complain(error.what());
    complain_about_log(error.log());
  } catch (const std::exception& error) {
    complain(error.what());
  } catch (...) {
    complain("stopped by an exception of an unknown kind");
  }
}

}  // namespace batchproof::tools
