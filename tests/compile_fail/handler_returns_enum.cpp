// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>

namespace bp = batchproof;

enum class Answer { accepted, rejected };

#ifdef MENDED
using Result = bp::Kept<Answer>;
#else
using Result = Answer;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) {
  bp::BatchProcessor<bp::SqsRecord>{}.process(event, handle);
}
