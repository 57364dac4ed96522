// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <future>
#include <string>
#include <vector>

namespace bp = batchproof;

struct Outcome {
#ifdef MENDED
  using Value = std::vector<bool>;
#else
  using Value = std::vector<std::future<void>>;
#endif
  bool has_value() const { return true; }
  const Value& operator*() const { return value_; }
  std::string error() const { return ""; }
  Value value_;
};

std::string use(std::string_view payload) {
  const auto handle = [](const bp::SqsRecord&) { return Outcome(); };
  return bp::process_partial_response(payload, handle, bp::BatchProcessor<bp::SqsRecord>());
}
