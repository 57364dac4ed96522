// expect: no matching (function for call to|constructor for initialization of).*BatchProcessor<
// shows: batchproof: no such option, type or unit
#include <batchproof/batch.hpp>
#include <chrono>

namespace bp = batchproof;
using namespace std::chrono_literals;

#ifdef MENDED
const bp::BatchProcessor<bp::KinesisStreamRecord> processor{{.stop_on_first_failure = true}};
#else
const bp::BatchProcessor<bp::SqsRecord> processor{{.stop_on_first_failure = true}};
#endif
