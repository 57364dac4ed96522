// expect: no matching (function for call to|constructor for initialization of).*BatchProcessor<
// shows: batchproof: no such option, type or unit
#include <batchproof/batch.hpp>
#include <chrono>

namespace bp = batchproof;
using namespace std::chrono_literals;

#ifdef MENDED
const bp::BatchProcessor<bp::SqsRecord> processor{
    {.on_failure = [](const bp::SqsRecord&, const bp::Failure&) {}}};
#else
const bp::BatchProcessor<bp::SqsRecord> processor{{.on_failure = [](const bp::SqsRecord&) {}}};
#endif
