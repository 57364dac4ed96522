// expect: deleted function
// shows: batchproof: give the processor std::ref(probe)
#include <batchproof/async.hpp>
#include <batchproof/concurrency/concurrent_probe.hpp>
#include <functional>

namespace bp = batchproof;

void use(const bp::Event<bp::SqsRecord>& event, bp::ConcurrentProbe& probe) {
  const bp::AsyncBatchProcessor<bp::SqsRecord> processor;
#ifdef MENDED
  (void)processor.process(event, std::ref(probe));
#else
  (void)processor.process(event, probe);
#endif
}
