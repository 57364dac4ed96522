// expect: batchproof: what this function returns would hide a failure
#include <batchproof/async_windows.hpp>

namespace bp = batchproof;

std::string use(std::string_view payload) {
  const auto finish = [](const std::string&, const bp::Window&) -> boost::asio::awaitable<void> {
    co_return;
  };
#ifdef MENDED
  const auto fold = [](std::string&, const bp::KinesisStreamRecord&) -> boost::asio::awaitable<void> {
    co_return;
  };
  return bp::async_process_window<std::string>(payload, fold, finish,
                                               bp::AsyncBatchProcessor<bp::KinesisStreamRecord>());
#else
  const auto fold = [](std::string&, const bp::KinesisStreamRecord&) {};
  return bp::process_window<std::string>(payload, fold, finish,
                                         bp::BatchProcessor<bp::KinesisStreamRecord>());
#endif
}
