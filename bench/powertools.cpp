#include "powertools.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "output_of.hpp"

namespace batchproof::bench {

std::optional<double> powertools_seconds(Source source, std::string_view event, int failing_percent) {
  const auto file =
      std::filesystem::temp_directory_path() / ("batchproof_bench_" + std::to_string(getpid()) + ".json");
  std::ofstream(file) << event;
  static constexpr const char* types[] = {"SQS", "FIFO", "KinesisDataStreams", "DynamoDBStreams"};
  const auto output =
      output_of("node '" BATCHPROOF_BENCH_DIR "/powertools.mjs' '" + file.string() + "' " +
                types[static_cast<int>(source)] + " " + std::to_string(failing_percent) + " 2>/dev/null");
  std::filesystem::remove(file);
  if (!output) return std::nullopt;
  return std::stod(*output);
}

}  // namespace batchproof::bench
