// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <coroutine>

namespace bp = batchproof;

struct Awaitable {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

#ifdef MENDED
using Result = void;
#else
using Result = Awaitable;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
